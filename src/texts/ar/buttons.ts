/** Arabic texts: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';
import { isolate } from './isolate.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'نعم', maybe: 'ربما', no: 'لا', ask: 'الرد على الدعوة' },
  names: {
    yes: title => `نعم، سأحضر ${isolate(title)}`,
    maybe: title => `ربما أحضر ${isolate(title)}`,
    no: title => `لا، لن أحضر ${isolate(title)}`,
    ask: title => `الرد على الدعوة إلى ${isolate(title)}`,
  },
  upcoming: 'قريبًا',
  savedName: title => `دعوة: ${title}`,
  savedUpcoming: 'دعوة: الأحداث القادمة',
  contrast: (color, text, better) =>
    `تصعب قراءة ${isolate(text)} على ${isolate(color)}. اختر لونين أكثر تباينًا، مثل ${isolate(better)} على الخلفية نفسها، أو درجة أغمق أو أفتح من ${isolate(color)}.`,
  notConnected: platform =>
    `لا يوجد حساب ${isolate(platform)} مرتبط. اربط حسابًا أولًا، أو أنشئ زرًّا لخدمة مراسلة أخرى.`,
  otherPlatform: platform => `هذا الربط لا يخص ${isolate(platform)}.`,
  audienceNeeded: (platform, names) =>
    `يُنشأ زر ${isolate(platform)} لجمهور واحد. حدِّد واحدًا من: ${isolate(names)}.`,
  noAudience: platform => `لا يوجد جمهور بعد في حساب ${isolate(platform)}. أنشئ جمهورًا هناك أولًا.`,
  unknownAudience: names => `لا يوجد هذا الجمهور في الحساب. المتاح فيه: ${isolate(names)}.`,
  notSaved: 'لا يمكن أن يُحفظ هناك إلا زر لحساب مرتبط.',
  draft: 'ينتظر هذا الحدث تأكيد المنظِّم. أكِّده أولًا ثم أنشئ الزر.',
  cancelled: 'أُلغي هذا الحدث، ولذلك لا زر له.',
  ended: 'انتهى هذا الحدث، ولذلك لا زر له.',
});
