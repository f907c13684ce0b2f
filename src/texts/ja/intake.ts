/** Japanese texts: the mails organizers get, and the page that confirms a draft. */
import type { Translation } from '../shape.ts';

type Intake = Translation['intake'];

export const intake = (): Intake => ({
  brand: 'Simple Invite Service',
  untitled: '無題のイベント',
  footer: {
    invited: create => `このメールは、カレンダーのイベントに${create}が招待されたためお送りしています。`,
    named: create => `このメールは、お客様の名前で${create}宛てにメールが届いたためお送りしています。`,
    automatic: 'このメールは自動で作成されました。返信いただいてもお読みできません。',
    trace: arrival => `お送りいただいたメールの照会番号：${arrival}`,
  },
  facts: {
    event: 'イベント',
    when: '日時',
    repeats: '繰り返し',
    where: '場所',
    sender: '送信元',
    mail: '件名',
    line: 'カレンダーデータの行',
  },
  live: {
    subject: title => `イベントを公開しました：${title}`,
    preheader:
      'イベントのページができました。ページを開いた方は、イベントをご自身のカレンダーに入れられます。',
    title: 'イベントを公開しました',
    lead: title =>
      `「${title}」のページができました。ページでアドレスを入力した方に、カレンダーの招待が届きます。招待には回答もできます。`,
    open: 'イベントのページを開く',
    share: '共有する',
    page: 'イベントのページ',
    campaign: 'ボタンやキャンペーン用のリンク',
    file: 'カレンダーファイル（.ics、必要な方向け）',
    watch: '申し込みを見る',
    dashboard: 'このイベントの招待と回答',
    dashboardHint:
      'このリンクはご本人専用です。リンクを知っている人には、招待した方のアドレスが見えます。30日間有効です。',
    changes: '変更があるとき',
    changesList: create => [
      `いつもどおりカレンダーでイベントを編集してください。${create}はゲストに残しておいてください。招待を受け取った方全員に変更が届きます。`,
      'カレンダーでキャンセルすると、全員の予定がキャンセルされます。',
      '回答は上のリンクで確認できます。カレンダーのゲストリストはそのままです。すでにゲストになっている方に、重ねて招待を送ることはありません。',
    ],
    warnings: 'ご確認ください',
  },
  notes: notes(),
  confirm: {
    subject: title => `【要確認】${title}`,
    preheader: '一度押すだけで手続きが進みます。押さなければ何も行われません。',
    title: 'ご本人からのメールですか？',
    lead: title =>
      `お客様の名前で、「${title}」の公開または変更を求めるメールが届きました。ご本人からのものか確認できなかったため、まだ何も行っていません。`,
    button: '内容を見て確認する',
    notYou:
      'お心当たりがない場合は、何もする必要はありません。確認がなければ公開も通知も行われず、数日後に破棄されます。',
    once: '確認のお願いは1日に1回までです。ボタンの先のページでは、確認待ちの内容をいつでもすべて見られます。',
  },
  zone: {
    subject: title => `タイムゾーンをお選びください：${title}`,
    preheader: 'カレンダーから送られた時刻に、タイムゾーンがありませんでした。',
    title: '公開の前に1つ確認させてください',
    lead: title =>
      `カレンダーから送られた「${title}」にはタイムゾーンがないため、ほかの地域の方にとって何時なのかが分かりません。`,
    button: 'タイムゾーンを選ぶ',
    after: '選んだタイムゾーンは、今後タイムゾーンなしで届くイベントにも使います。',
  },
  explain: explain(),
  reply: {
    accepted: title => `承諾：${title}`,
    declined: title => `辞退：${title}`,
    acceptedBody: 'イベントを登録しました。',
    declinedBody: 'イベントを登録できませんでした。',
  },
});

function notes(): Intake['notes'] {
  return {
    floating_in_organizer_zone: zone =>
      `カレンダーから送られたイベントに、タイムゾーンがありませんでした。ほかのイベントのタイムゾーンである${zone}を使いました。`,
    plain: {
      floating_in_calendar_zone:
        'カレンダーから送られたイベントに、固有のタイムゾーンがありませんでした。カレンダーのタイムゾーンを使いました。',
      summary_cut: 'タイトルが長すぎるため、途中までを使いました。',
      location_cut: '場所が長すぎるため、途中までを使いました。',
      description_cut: '説明が長すぎるため、途中までを使いました。',
      html_left_out: '書式付きの説明が長すぎるため、書式なしの文章を使いました。',
      rule_in_override:
        '変更された1回分だけを繰り返すことはできません。その日1回だけの変更として扱いました。',
      continues_series:
        '分割された繰り返しの続きです。前の部分がカレンダーに入っている方は、この部分にも招待されます。',
      unreadable_line: 'カレンダーデータに読み取れない行があったため、省きました。',
    },
  };
}

function explain(): Intake['explain'] {
  return {
    subject: about => `登録できませんでした：「${about}」`,
    subjectPlain: 'お送りいただいたメールを登録できませんでした',
    preheader: '理由と対処方法をお知らせします。',
    title: '登録できませんでした',
    todo: '対処方法',
    what: {
      no_calendar: create =>
        `${create}宛てのメールにカレンダーの招待がないため、登録できるイベントがありません。`,
      forwarded: () =>
        'この招待はほかの方のものです。主催者として記載された方から送られていません。イベントは、主催者ご本人からのみ受け付けています。',
      tnef: () => 'メールソフトが、ほかのソフトでは読めない独自の形式（winmail.dat）で招待を送信しました。',
      two_events: () =>
        'メールに複数のイベントがあります。登録できるのは、1通のメールにつき1つのイベントです。',
      method_not_supported: () => 'カレンダーから、当サービスが対応していない操作が求められました。',
      too_many_mails: () =>
        'カレンダーから短時間に非常に多くのメールが届いたため、このメールは受け付けませんでした。1時間たつまでは、以降のメールも通知なしで受け付けません。',
      nothing_to_cancel: () =>
        '登録されていないイベントがキャンセルされました。当サービスから招待を受け取った方がいないため、どなたにも通知していません。',
      other: () => 'メールのイベントを登録できません。',
    },
    hint: {
      no_calendar: create => [
        'カレンダーでイベントを開きます。',
        `${create}をゲストに追加します。`,
        '保存して、カレンダーから招待を送信します。',
      ],
      forwarded: create => [`主催者の方に、イベントのゲストとして${create}を追加するよう依頼してください。`],
      tnef: () => [
        'Outlookでメールまたはこの連絡先のオプションを開き、招待をiCalendar形式で、またはリッチテキストではなくHTML形式で送信するよう設定します。',
        'その後、招待をもう一度送信します。',
      ],
      two_events: () => ['イベントごとに別のメールで送信してください。'],
      method_not_supported: () => [
        'カレンダーでイベントを開いて保存し、招待全体をもう一度送信してください。',
      ],
      too_many_mails: () => ['1時間たってから、カレンダーでイベントをもう一度保存してください。'],
      nothing_to_cancel: () => ['何もする必要はありません。'],
      other: () => ['カレンダーで変更し、招待をもう一度送信してください。'],
    },
  };
}
