/** Japanese texts: invites. */
import type { Translation } from '../shape.ts';

export const invites = (): Translation['invites'] => ({
  untitled: '無題のイベント',
  subject: {
    invitation: (title, when) => `招待：${title} @ ${when}`,
    update: (title, when) => `招待の更新：${title} @ ${when}`,
    cancel: (title, when) => `イベントの中止：${title} @ ${when}`,
    confirm: title => `【要確認】${title}の招待`,
  },
  lead: {
    invitation: organizer =>
      `${organizer}から招待が届きました。「はい」「未定」「いいえ」で回答してください。イベントがカレンダーに入り、変更も自動で反映されます。`,
    update: organizer => `${organizer}がこのイベントを変更しました。カレンダーの予定も更新されます。`,
    instance: organizer => `${organizer}がこのイベントの1回分を変更しました。ほかの回に変更はありません。`,
    cancel: organizer => `${organizer}がこのイベントを中止しました。カレンダーから削除してかまいません。`,
    cancelInstance: organizer =>
      `${organizer}がこのイベントの1回分を中止しました。ほかの回に変更はありません。`,
    removed: 'ご希望どおり、このイベントをカレンダーから削除します。イベント自体は予定どおり行われます。',
  },
  preheader: (when, where) => (where === null ? when : `${when}、${where}`),
  changed: '変更点',
  facts: {
    event: 'イベント',
    when: '日時',
    repeats: '繰り返し',
    where: '場所',
    join: '参加リンク',
    host: '主催者',
  },
  join: 'オンラインで参加',
  about: 'このイベントについて',
  more: '説明の続きは、イベントのページをご覧ください。',
  page: 'イベントのページを開く',
  noButtons:
    '「はい」や「いいえ」のボタンが表示されない場合は、添付ファイルのinvite.icsをカレンダーで開いてください。',
  footer: {
    asked: address => `このメールは、${address}で招待の申し込みがあったためお送りしています。`,
    listed: (address, organizer) => `このメールは、${organizer}が${address}を招待したためお送りしています。`,
    stop: 'この主催者からのメールを停止する',
    notMe: '心当たりがない',
  },
  confirm: {
    title: 'ご本人のアドレスですか？',
    lead: title => `このアドレスで、「${title}」のカレンダー招待が申し込まれました。`,
    button: 'はい、招待を受け取ります',
    not: 'お心当たりがない場合は、何もする必要はありません。ボタンを押さない限り、これ以上メールは送られません。',
    days: days => `リンクの有効期間は${days}日間です。`,
  },
});
