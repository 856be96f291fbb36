/**
 * The texts of the page, in English or Chinese.
 *
 * Every string lives in i18n/<language>.json under a key. Markup asks for a text with data-i18n="key" (content),
 * data-i18n-label (aria-label), data-i18n-title or data-i18n-placeholder; code asks with texts.of("key", {values}).
 * When the language changes, a "change" event tells every panel to say again what it has said.
 */

const LANGUAGES = { en: 'en', zh: 'zh-CN' };
const REMEMBERED = 'isthmus.language';

export class Texts extends EventTarget {
  #language = 'en';
  #texts = {};

  get language() {
    return this.#language;
  }

  /** The text behind a key. {name} in it is replaced by values.name; an unknown key shows itself, so that it is noticed. */
  of(key, values = {}) {
    const text = this.#texts[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  }

  /** Loads a language and rewrites the page in it. */
  async use(language) {
    const answer = await fetch(`i18n/${language}.json`);
    this.#texts = await answer.json();
    this.#language = language;
    document.documentElement.lang = LANGUAGES[language];
    document.title = this.of('page.title');
    this.#rewriteMarkup();
    this.dispatchEvent(new Event('change'));
  }

  #rewriteMarkup() {
    for (const element of document.querySelectorAll('[data-i18n]')) {
      element.textContent = this.of(element.dataset.i18n);
    }
    const attributes = { i18nLabel: 'aria-label', i18nTitle: 'title', i18nPlaceholder: 'placeholder' };
    for (const [name, attribute] of Object.entries(attributes)) {
      const marker = name.replace('i18n', 'data-i18n-').toLowerCase();
      for (const element of document.querySelectorAll(`[${marker}]`)) {
        element.setAttribute(attribute, this.of(element.dataset[name]));
      }
    }
  }
}

/** The language to start with: the one chosen earlier, else the browser's, else English. */
export function firstLanguage() {
  const chosen = localStorage.getItem(REMEMBERED);
  if (chosen in LANGUAGES) {
    return chosen;
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The language is the only thing that this page keeps beyond the tab. */
export function rememberLanguage(language) {
  localStorage.setItem(REMEMBERED, language);
}
