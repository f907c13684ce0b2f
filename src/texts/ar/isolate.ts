/** Keeps a value of either direction from turning the Arabic sentence around it, and the sentence from turning the value. */

/** A value that carries such marks itself could close the isolate. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** Not for URLs, for what people copy, and for subjects, whose marks the composer takes out. */
export function isolate(value: string): string {
  return `\u2068${value.replace(TURNING, '')}\u2069`;
}
