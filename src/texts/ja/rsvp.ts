/** Japanese texts: rsvp. */
import type { Translation } from '../shape.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `ご提案について：${title}`,
    title: '日時の変更はありません',
    lead: organizer =>
      `別の日時をご提案いただき、ありがとうございます。このイベントの日時は決まっているため、カレンダーには${organizer}が設定した日時がそのまま残ります。ご提案の内容は主催者に伝えます。`,
    comment: 'このイベントの日時は決まっています。ご提案の内容は主催者に伝えました。',
    proposed: 'ご提案の日時',
    stays: '実際の日時',
    footer: 'このメールは、お使いのカレンダーから提案が送られたため、自動で作成されました。',
  },
  message: {
    subject: sender => `${sender}からのメッセージ`,
    subjectAbout: (sender, title) => `${sender}からのメッセージ：${title}`,
    title: sender => `${sender}からメッセージが届きました`,
    lead: '招待に対して、「はい」や「いいえ」ではなく文章で返信がありました。この返信による変更はありません。',
    unproven: '送信者を確認できませんでした。',
    said: '件名',
    from: '差出人',
    event: 'イベント',
    reply: sender => `${sender}にメールを書く`,
    empty: 'メールには、転送できる文章がありませんでした。',
    attachments: '添付ファイルは転送されません。',
    cut: '以降は省略しました。',
    footer: 'このメールは、このアドレスから招待を送信しているためお送りしています。',
  },
});
