/** What one authorised call works with. */
import type { Clock, Random } from '../../../../kernel/ports.ts';
import type { Hooks } from '../delivery.ts';
import type { Fields, VendorAnswer, VendorRequest } from '../exchange.ts';
import { notFound } from './problem.ts';
import { type List, type MailchimpAccount, type Member, memberAt } from './state.ts';

export interface Visit {
  readonly account: MailchimpAccount;
  readonly request: VendorRequest;
  /** Decoded parts of the path, in their order. */
  readonly parts: readonly string[];
  readonly body: Fields;
  readonly clock: Clock;
  readonly random: Random;
  readonly hooks: Hooks;
  readonly url: string;
}

export type Handler = (visit: Visit) => VendorAnswer | Promise<VendorAnswer>;

export function inList(handle: (visit: Visit, list: List) => VendorAnswer | Promise<VendorAnswer>): Handler {
  return visit => {
    const list = visit.account.lists[visit.parts[0] ?? ''];
    return list === undefined ? notFound() : handle(visit, list);
  };
}

export function ofMember(
  handle: (visit: Visit, list: List, member: Member) => VendorAnswer | Promise<VendorAnswer>,
): Handler {
  return inList((visit, list) => {
    const member = memberAt(list, visit.parts[1] ?? '');
    return member === undefined ? notFound() : handle(visit, list, member);
  });
}
