/**
 * An event's moment in the visitor's zone, beside the event's own: the page leaves an empty place, and a script fills and shows it where the
 * visitor's clock reads otherwise at that moment. Days without hours and times of no zone have none.
 */
import type { EventFacts, NextDate } from '../calendar/describe.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { type Html, html } from './html.ts';
import { pageScript } from './page-script.ts';

interface Shown {
  readonly language: Language;
  readonly facts: EventFacts;
  /** Where an event that is in UTC is shown. */
  readonly zone: string | null;
}

/** A further row of the facts. */
export function yourTime(shown: Shown): Html | null {
  const marks = marksOf(shown, shown.facts.next[0]);
  return marks === null
    ? null
    : html`<div class="yours" ${marks} hidden><dt>${texts(shown.language).press.yourTime}</dt><dd data-time></dd></div>`;
}

/** Under one date of a list. */
export function yourTimeBriefly(shown: Shown, date: NextDate | undefined): Html | null {
  const marks = marksOf(shown, date);
  return marks === null
    ? null
    : html`<span class="small soft yours" ${marks} data-brief="1" hidden>${texts(shown.language).press.yourTime} · <span data-time></span></span>`;
}

function marksOf({ facts, zone }: Shown, date: NextDate | undefined): Html | null {
  const start = date?.start ?? facts.start;
  const end = date === undefined ? facts.endUtc : date.end.utc;
  if (start.utc === null || facts.allDay) return null;
  const shownIn = start.kind === 'utc' ? (zone ?? 'UTC') : facts.zone;
  return html`data-start="${start.utc}" data-end="${end}" data-zone="${shownIn}"`;
}

/** English as the rest of the page has it; figures as everywhere else. Hours from 0 to 23, as our own words have them. */
export const YOUR_TIME = `for(const row of document.querySelectorAll('[data-start]'))try{
const {start,end,zone,brief}=row.dataset;
const lang=document.documentElement.lang;
const locale={en:'en-GB',ar:'ar-u-nu-latn'}[lang]||lang;
const here=Intl.DateTimeFormat().resolvedOptions().timeZone;
const words=(timeZone,name)=>{
const form=new Intl.DateTimeFormat(locale,{timeZone,weekday:brief?'short':'long',day:'numeric',month:brief?'short':'long',...(brief?{}:{year:'numeric'}),hour:'2-digit',minute:'2-digit',hourCycle:'h23',...(name?{timeZoneName:'short'}:{})});
const text=end?form.formatRange(new Date(start),new Date(end)):form.format(new Date(start));
return lang==='en'&&!brief?text.replace(',',''):text};
if(zone&&words(here)===words(zone))continue;
const place=row.querySelector('[data-time]');
place.textContent=words(here,!brief);
if(!brief){const name=document.createElement('bdi');
name.textContent=here.replaceAll('_',' ');
place.append(' (',name,')')}
row.hidden=false
}catch{}`;

export const YOUR_TIME_SCRIPT = pageScript(`(()=>{${YOUR_TIME}})()`);
