/** Reads imports out of source text and says which of the house's rules they break. Pure, so that the rules can be tried on planted files. */

/** Path from the repository's root to source text. */
export type Sources = ReadonlyMap<string, string>;

/** A folder may import folders on lower floors only. `src/platform` is the roof and may import everything. */
export const FLOORS: Readonly<Record<string, number>> = {
  'src/kernel': 1,
  'src/texts': 1,
  embed: 1,
  'src/calendar': 2,
  'src/mail': 2,
  connectors: 2,
  'src/organizers': 3,
  'src/events': 4,
  'src/invites': 5,
  'src/rsvp': 6,
  'src/lists': 6,
  'src/intake': 6,
  'src/connections': 7,
  'src/reports': 7,
  'src/admin': 7,
  'src/pages': 8,
  'src/platform': 9,
};

/** What one floor must not know of another although it stands higher. */
const NEVER: readonly (readonly [from: string, to: string])[] = [
  ['connectors', 'src/calendar'],
  ['connectors', 'src/mail'],
  ['src/platform/local/', 'src/organizers'],
  ['src/platform/local/', 'src/events'],
  ['src/platform/local/', 'src/invites'],
  ['src/platform/local/', 'src/rsvp'],
  ['src/platform/local/', 'src/intake'],
  ['src/platform/aws/', 'src/organizers'],
  ['src/platform/aws/', 'src/events'],
  ['src/platform/aws/', 'src/invites'],
  ['src/platform/aws/', 'src/rsvp'],
  ['src/platform/aws/', 'src/intake'],
];

/** Files that put the parts of a runtime together, or show them: they may know every room. */
const COMPOSERS = /^src\/platform\/(?:local\/(?:server|main)\.ts|local\/ui\/|aws\/runtime\.ts)/;

/** Each library has one home. */
const HOMES: readonly (readonly [library: RegExp, home: RegExp])[] = [
  [/^@aws-sdk\//, /^src\/platform\/aws\//],
  [/^@aws-lambda-powertools\//, /^src\/platform\/(?:aws|handlers)\//],
  [/^moment-timezone/, /^src\/calendar\/zone-data\.ts$/],
  [/^postal-mime$/, /^src\/mail\/postal-mime\.ts$/],
  [/^mailauth/, /^src\/mail\/mailauth\.ts$/],
  [/^smtp-server$/, /^src\/platform\/local\/smtp\.ts$/],
  [/^node:sqlite$/, /^src\/platform\/local\//],
  [/^nodemailer/, /^src\/(?:mail\/compose\.ts|platform\/(?:local|commands)\/)/],
  [/^express$/, /^src\/(?:[a-z]+\/routes\.ts|platform\/http\.ts|platform\/http\/|platform\/local\/ui\/)/],
  [/^(?:@resvg\/|opentype\.js)/, /^src\/platform\/share\//],
  [/^@mailchimp\//, /^connectors\/mailchimp\/sdk\.ts$/],
  [/^klaviyo-api$/, /^connectors\/klaviyo\/sdk\.ts$/],
  [/^jsonwebtoken$/, /^test\//],
];

const CLOCK_OR_CHANCE =
  /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\brandomBytes\(|\brandomUUID\(|\bgetRandomValues\(|\bset(?:Timeout|Interval|Immediate)\(|\bperformance\.now\(|\bhrtime\b/;

export interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

export function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  for (const match of code.matchAll(/\b(?:import|export)\s+(type\s+)?(?:[^'";()]*?\bfrom\s+)?'([^']+)'/g)) {
    found.push({ target: match[2] ?? '', typeOnly: match[1] !== undefined });
  }
  for (const match of code.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)) {
    found.push({ target: match[1] ?? '', typeOnly: false });
  }
  return found;
}

export function violations(sources: Sources): string[] {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [file, text] of sources) {
    const targets: string[] = [];
    for (const { target } of importsOf(text)) {
      if (!target.startsWith('.')) {
        for (const [library, home] of HOMES) {
          if (library.test(target) && !home.test(file)) found.push(`${file}: ${target} is at home elsewhere`);
        }
        continue;
      }
      const path = resolve(file, target);
      targets.push(path);
      found.push(...brokenRules(file, path));
    }
    graph.set(file, targets);
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
    if (/\bprocess\.env\b/.test(code) && file !== 'src/platform/config.ts') {
      found.push(`${file}: reads process.env`);
    }
    if (!file.startsWith('src/platform/') && CLOCK_OR_CHANCE.test(code)) {
      found.push(`${file}: reads a clock, sets a timer or rolls a die`);
    }
  }
  return [...found, ...cycles(graph)];
}

function brokenRules(file: string, target: string): string[] {
  const from = roomOf(file);
  const to = roomOf(target);
  if (from === undefined || to === undefined)
    return [`${file}: imports ${target}, which is no room of the house`];
  const mounts =
    target === 'src/platform/local/ui/routes.ts' ? 'src/platform/local/server.ts' : 'src/platform/http.ts';
  if (/\/routes\.ts$/.test(target) && file !== mounts) return [`${file}: only ${mounts} imports ${target}`];
  if (from === to) return [];
  const upward = (FLOORS[from] ?? 0) <= (FLOORS[to] ?? 0);
  if (upward) return [`${file}: imports ${target} on its own or a higher floor`];
  if (COMPOSERS.test(file)) return [];
  return NEVER.some(([left, right]) => file.startsWith(left) && to === right)
    ? [`${file}: must not know ${target}`]
    : [];
}

function roomOf(file: string): string | undefined {
  return Object.keys(FLOORS).find(room => file.startsWith(`${room}/`));
}

function resolve(file: string, target: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const open: string[] = [];
  const found: string[] = [];
  const visit = (file: string): void => {
    if (done.has(file)) return;
    const at = open.indexOf(file);
    if (at >= 0) {
      found.push(`a circle of imports: ${[...open.slice(at), file].join(' > ')}`);
      return;
    }
    open.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    open.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}
