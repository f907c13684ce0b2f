/** Who is signed in, asked once; every screen waits for it. */
import { type Ref, shallowRef } from 'vue';
import { get, post } from './api/client.ts';
import type { Session } from './api/shapes.ts';

const current = shallowRef<Session | null>(null);

export const session: Readonly<Ref<Session | null>> = current;

export async function loadSession(): Promise<Session> {
  current.value ??= await get<Session>('/session');
  return current.value;
}

/** Null: the operator sees all workspaces again. */
export async function enterWorkspace(workspace: string | null): Promise<void> {
  current.value = await post<Session>('/session/workspace', { workspace });
}

export async function signOut(everywhere = false): Promise<void> {
  await post('/session/end', { everywhere });
  location.assign('/signin');
}
