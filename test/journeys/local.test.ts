/** The stories on one machine: SMTP in, HTTP, a relay out. */
import { localRuntime } from './local-runtime.ts';
import { STORY_NOW, stories } from './stories.ts';

stories('one machine', () => localRuntime(STORY_NOW));
