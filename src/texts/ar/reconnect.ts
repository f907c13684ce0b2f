/** Arabic texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';
import { isolate } from './isolate.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `يُرجى إعادة ربط ${isolate(platform)}`,
  preheader: platform => `تنتظر الردود هنا إلى أن يسمح لنا ${isolate(platform)} بالدخول.`,
  lead: (platform, account) =>
    `لم يعد ${isolate(platform)} يسمح لنا بالدخول إلى «${isolate(account)}»: سُحب إذن الوصول أو انتهت صلاحيته. يُرجى ربط الحساب من جديد، وعندها يُرسَل ما ينتظر.`,
  button: 'إعادة الربط',
  meanwhile: platform =>
    `تستمر الدعوات والردود كما كانت. تُحفظ الردود، وتُكتب في ${isolate(platform)} فور ربط الحساب.`,
  footer: 'تصلك هذه الرسالة لأنك تعمل في مساحة العمل هذه. كتبها برنامج.',
});
