/** Who owns events: a workspace (a customer) and its organizers (one address each). D13, design 4 "smaller decisions". */

/** 0: the address of a person is confirmed before his first invite. 1: invites go out at once. */
export type TrustTier = 0 | 1 | 2;

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly tier: TrustTier;
  readonly createdAt: string;
}

export interface Organizer {
  readonly id: string;
  readonly workspace: string;
  /** Folded address of his own calendar: his identity. */
  readonly address: string;
  readonly name: string;
  /** Local part of the address invites come from (D2); fixed once an invite has left. */
  readonly slug: string;
  /** IANA zone of his last zoned event. */
  readonly zone: string | null;
  readonly createdAt: string;
}

/** The address that invites come from and answers go to. */
export function inviteAddress(organizer: { slug: string }, mailDomain: string): string {
  return `${organizer.slug}@${mailDomain}`;
}
