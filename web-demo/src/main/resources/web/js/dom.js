/** The few things that every panel does with the page. */

export function byId(id) {
  return document.getElementById(id);
}

/** A new element; the text becomes a text node, never HTML. */
export function element(name, className = '', text = '') {
  const created = document.createElement(name);
  created.className = className;
  created.textContent = text;
  return created;
}

/** The values a field offers while typing. */
export function fillDatalist(id, values) {
  byId(id).replaceChildren(...values.map((value) => Object.assign(document.createElement('option'), { value })));
}

/** 14:03:07.041, the same in every language. */
export function timeOfDay(date) {
  const two = (number) => String(number).padStart(2, '0');
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`;
}

/**
 * The line below a form that says what is wrong with the input. It remembers the key, not the sentence, so that it can say it
 * again in the other language, and it goes away as soon as the person changes something in the form.
 */
export class ProblemLine {
  #texts;
  #line;
  #field = null;
  #said = null;

  constructor(texts, id, form) {
    this.#texts = texts;
    this.#line = byId(id);
    texts.addEventListener('change', () => this.#write());
    form.addEventListener('input', () => this.clear());
  }

  /** Shows the sentence behind the key and leads the person to the field. */
  show(key, values = {}, field = null) {
    this.clear();
    this.#said = { key, values };
    this.#write();
    if (field !== null) {
      this.#field = field;
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-errormessage', this.#line.id);
      field.focus();
    }
  }

  clear() {
    this.#said = null;
    this.#field?.removeAttribute('aria-invalid');
    this.#field?.removeAttribute('aria-errormessage');
    this.#field = null;
    this.#write();
  }

  #write() {
    this.#line.hidden = this.#said === null;
    this.#line.textContent = this.#said === null ? '' : this.#texts.of(this.#said.key, this.#said.values);
  }
}
