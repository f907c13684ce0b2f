/** The few words of the widget itself, in the languages of the pages. The same as in the service's catalogue: a test holds them together. */

/** What a button says for an event, for all that comes, and to close the dialog. */
export const WORDS = {
  en: ['Get the invite', 'Upcoming events', 'Close'],
  de: ['Einladung anfordern', 'Kommende Termine', 'Schließen'],
  fr: ['Recevoir l’invitation', 'Événements à venir', 'Fermer'],
  es: ['Recibir la invitación', 'Próximos eventos', 'Cerrar'],
  pt: ['Receber o convite', 'Próximos eventos', 'Fechar'],
  it: ['Richiedi l’invito', 'Prossimi eventi', 'Chiudi'],
  nl: ['Vraag de uitnodiging aan', 'Komende evenementen', 'Sluiten'],
  ja: ['招待を受け取る', '今後のイベント', '閉じる'],
  ar: ['الحصول على الدعوة', 'الأحداث القادمة', 'إغلاق'],
} as const;

export type Language = keyof typeof WORDS;

export const LANGUAGES = Object.keys(WORDS) as readonly Language[];

/** The first that we speak; as the browser tells its own wishes. */
export function firstSpoken(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.split('-')[0]?.toLowerCase();
    const found = LANGUAGES.find(language => language === primary);
    if (found !== undefined) return found;
  }
  return 'en';
}
