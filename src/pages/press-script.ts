/**
 * The only script of a button's page, inlined and allowed by its hash. It says which trusted event came before a press, and shows the time in
 * the visitor's zone. It sends nothing by itself; without it a second plain press does the same.
 */
import { pageScript } from './page-script.ts';
import { YOUR_TIME } from './your-time.ts';

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
${YOUR_TIME}
})()`;

export const PRESS_SCRIPT = pageScript(TEXT);
