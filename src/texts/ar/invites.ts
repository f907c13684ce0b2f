/** Arabic texts: invites. No isolates in subjects: the composer takes them out. */
import type { Translation } from '../shape.ts';
import { counted, NOUNS } from './counted.ts';
import { isolate } from './isolate.ts';

export const invites = (): Translation['invites'] => ({
  untitled: 'حدث بلا عنوان',
  subject: {
    invitation: (title, when) => `دعوة: ${title} @ ${when}`,
    update: (title, when) => `دعوة معدَّلة: ${title} @ ${when}`,
    cancel: (title, when) => `حدث ملغى: ${title} @ ${when}`,
    confirm: title => `يُرجى التأكيد: ${title}`,
  },
  lead: {
    invitation: organizer =>
      `هذه دعوة من ${isolate(organizer)}. أرسل ردّك بالضغط على «نعم» أو «ربما» أو «لا»، ليظهر الحدث في تقويمك ويُحدَّث مع كل تغيير.`,
    update: organizer => `عُدِّل هذا الحدث من قِبل ${isolate(organizer)}. سيتغيّر الموعد في تقويمك تبعًا لذلك.`,
    instance: organizer =>
      `عُدِّل أحد مواعيد هذا الحدث من قِبل ${isolate(organizer)}. تبقى كل مواعيده الأخرى كما هي.`,
    cancel: organizer => `أُلغي هذا الحدث من قِبل ${isolate(organizer)}. يمكنك إزالته من تقويمك.`,
    cancelInstance: organizer =>
      `أُلغي أحد مواعيد هذا الحدث من قِبل ${isolate(organizer)}. تبقى كل مواعيده الأخرى كما هي.`,
    removed: 'بناءً على طلبك، يُزال هذا الحدث من تقويمك. ولا يزال الحدث قائمًا.',
  },
  preheader: (when, where) => (where === null ? when : `${when}، ${isolate(where)}`),
  changed: 'ما الذي تغيّر',
  facts: {
    event: 'الحدث',
    when: 'الموعد',
    repeats: 'التكرار',
    where: 'المكان',
    join: 'رابط الانضمام',
    host: 'المنظِّم',
  },
  join: 'الانضمام عبر الإنترنت',
  about: 'عن هذا الحدث',
  more: 'تجد بقية الوصف في صفحة الحدث.',
  page: 'فتح صفحة الحدث',
  noButtons: 'ألا يظهر لك الزرّان «نعم» و«لا»؟ افتح الملف المرفق invite.ics باستخدام تقويمك.',
  footer: {
    asked: address => `أُرسلت هذه الرسالة إلى ${isolate(address)} لأن هذه الدعوة طُلبت بهذا العنوان.`,
    listed: (address, organizer) =>
      `أُرسلت هذه الرسالة إلى ${isolate(address)} لأن هذا العنوان مدعوّ من قِبل ${isolate(organizer)}.`,
    stop: 'إيقاف رسائل هذا المنظِّم',
    notMe: 'لم أطلب ذلك',
  },
  confirm: {
    title: 'هل هذا عنوانك؟',
    lead: title => `تلقينا طلبًا، ربما منك، للحصول على دعوة التقويم إلى «${isolate(title)}».`,
    button: 'نعم، أرسلوا إليّ الدعوة',
    not: 'ألست صاحب الطلب؟ لا يلزمك فعل أي شيء: ما لم يُضغط على الزر لن يُرسَل شيء آخر.',
    days: days => `الرابط صالح لمدة ${counted(days, NOUNS.day)}.`,
  },
});
