/** Sizes and times of every connector. They are properties of the platforms' interfaces, so an installation doesn't set them. */

/** One call, from its first byte to the last of its answer. */
export const CALL_MS = 20_000;
export const ANSWER_BYTES = 8_388_608;
export const OAUTH_ANSWER_BYTES = 65_536;
/** A platform that asks for more patience is asked again after this. */
export const RETRY_AFTER_MAX_MS = 3_600_000;
export const SIGNATURE_AGE_MS = 300_000;
export const SIGNATURE_HEADER_CHARS = 1_024;
export const NOTICES_PER_DELIVERY = 1_000;
export const TOKEN_CHARS = 4_096;
