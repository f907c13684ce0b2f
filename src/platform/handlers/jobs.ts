export const fast = async () => undefined;
export const bulk = fast;
