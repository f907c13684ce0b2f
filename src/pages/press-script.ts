/**
 * The only script of a button's page, inlined and allowed by its hash. It says which trusted event came before a press, and shows the time in
 * the visitor's zone. It sends nothing by itself; without it a second plain press does the same.
 */
import { createHash } from 'node:crypto';

const TEXT = `(()=>{
let gesture='',down=0,held=-1;
const on=(name,act)=>addEventListener(name,event=>{if(event.isTrusted)act(event)},{capture:true,passive:true});
on('pointerdown',event=>{gesture='pointer';down=event.timeStamp});
on('pointerup',event=>{held=event.timeStamp-down});
on('keydown',()=>{gesture='key';held=-1});
on('click',()=>{gesture=gesture||'click'});
for(const form of document.querySelectorAll('form[data-press]')){
const set=(name,value)=>{form.elements.namedItem(name).value=value};
set('script','1');
form.addEventListener('submit',()=>{
set('gesture',gesture);set('held',String(Math.round(held)));
set('driven',navigator.webdriver?'1':'');set('unseen',document.visibilityState==='visible'?'':'1')})}
const row=document.querySelector('[data-start]');
if(row)try{
const {start,end,zone}=row.dataset;
const here=Intl.DateTimeFormat().resolvedOptions().timeZone;
const words=(timeZone,name)=>{
const full=new Intl.DateTimeFormat('en-GB',{timeZone,weekday:'long',day:'numeric',month:'long',year:'numeric',hour:'2-digit',minute:'2-digit',...(name?{timeZoneName:'short'}:{})});
return end?full.formatRange(new Date(start),new Date(end)):full.format(new Date(start))};
if(!zone||words(here)!==words(zone)){row.querySelector('dd').textContent=words(here,true)+' ('+here.replaceAll('_',' ')+')';row.hidden=false}
}catch{}
})()`;

export const PRESS_SCRIPT = {
  text: TEXT,
  source: `'sha256-${createHash('sha256').update(TEXT).digest('base64')}'`,
};
