/** What the local rooms need beyond the pages' style sheet. */
import { styleSheet } from '../../../pages/style.ts';

export const LOCAL_STYLE = styleSheet(`
.rooms{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin-bottom:2rem;padding-bottom:.5rem;border-bottom:1px solid var(--line)}
.rooms a{display:inline-flex;align-items:center;min-height:2.75rem;font-weight:600;text-decoration:none}
.rooms a[aria-current]{color:var(--ink);box-shadow:0 3px 0 var(--accent)}
.mails a{display:inline-block;min-height:2.75rem;padding:.5rem 0;margin:-.5rem 0}
.kind{display:inline-block;padding:.05rem .6rem;border:1px solid var(--edge);border-radius:999px;font-size:.8125rem;white-space:nowrap}
.kind-request,.kind-organizer{border-color:var(--accent);color:var(--accent)}
.kind-cancel{border-color:var(--bad);color:var(--bad)}
.letter{display:block;width:100%;height:44rem;border:1px solid var(--line);border-radius:var(--round);background:var(--card)}
.split{display:grid;gap:2rem}
.meta{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;font-size:var(--small)}
.meta dt{color:var(--soft)}
.answers{display:grid;grid-template-columns:repeat(3,1fr);gap:.75rem}
.answers button{padding-inline:.25rem;overflow-wrap:normal}
*+.split{margin-top:2rem}
.pre{padding:1rem;margin:0;background:var(--paper);border:1px solid var(--line);border-radius:10px;font-size:.8125rem;line-height:1.5;overflow:auto;max-height:32rem}
.component+.component{margin-top:2rem}
.component dl{margin-top:.75rem}
.component dl>div{display:grid;gap:.125rem 1.5rem;padding:.625rem 0;border-top:1px solid var(--line)}
.component dt{font:600 .875rem/1.5 var(--mono)}
.component dt small{display:block;font-weight:400;color:var(--soft)}
.component dd{font-size:var(--small)}
.component dd.value{font-family:var(--mono);font-size:.875rem;white-space:pre-wrap}
.pair{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),1fr))}
.pair+*,*+.pair{margin-top:1.25rem}
.pair .field+.field{margin-top:0}
.check{display:flex;gap:.75rem;align-items:center;min-height:2.75rem;font-weight:400}
.check input{width:1.25rem;height:1.25rem;accent-color:var(--accent)}
@media (min-width:48rem){.component dl>div{grid-template-columns:15rem minmax(0,1fr) minmax(0,1fr)}}
@media (min-width:60rem){.split{grid-template-columns:minmax(0,1fr) 20rem;align-items:start;gap:3rem}.split aside{position:sticky;top:2rem}}
`);
