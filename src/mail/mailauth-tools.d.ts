declare module 'mailauth/lib/tools.js' {
  /** The entry of `domains` that shares the organizational domain (Public Suffix List) with `fromDomain`, or false. */
  export function getAlignment(fromDomain: string, domains: string[]): { domain: string } | false;
}
