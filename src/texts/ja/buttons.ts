/** Japanese texts: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'はい', maybe: '未定', no: 'いいえ', ask: '出欠を回答' },
  names: {
    yes: title => `はい、「${title}」に参加します`,
    maybe: title => `未定：「${title}」への参加`,
    no: title => `いいえ、「${title}」には参加しません`,
    ask: title => `出欠を回答：「${title}」`,
  },
  upcoming: '今後のイベント',
  savedName: title => `出欠の回答：${title}`,
  savedUpcoming: '出欠の回答：今後のイベント',
  contrast: (color, text, better) =>
    `${color}の上の${text}は読みにくい組み合わせです。差の大きい色を選んでください。たとえば、文字を${better}にするか、${color}をより暗い色または明るい色にします。`,
  notConnected: platform =>
    `${platform}のアカウントが連携されていません。先に連携するか、別のメール配信サービス用のボタンを作成してください。`,
  otherPlatform: platform => `この連携は${platform}のものではありません。`,
  audienceNeeded: (platform, names) =>
    `${platform}のボタンは、1つのオーディエンスを対象に作成します。次の中から1つ指定してください：${names}`,
  noAudience: platform =>
    `${platform}のアカウントには、まだオーディエンスがありません。先に${platform}で作成してください。`,
  unknownAudience: names =>
    `このアカウントに、そのオーディエンスはありません。利用できるオーディエンス：${names}`,
  notSaved: '保存できるのは、連携済みのアカウント用のボタンだけです。',
  draft: 'このイベントは主催者の確認待ちです。確認してから、ボタンを作成してください。',
  cancelled: 'このイベントは中止になったため、ボタンはありません。',
  ended: 'このイベントは終了したため、ボタンはありません。',
});
