/**
 * Shows the messages, newest on top.
 *
 * Everything that came over the network enters the page as textContent, never as HTML: a payload may be written by anybody.
 * Arrivals are drawn once per frame, so that a burst of a thousand messages costs one drawing.
 */
import { byId, element, timeOfDay } from './dom.js';
import { asHex } from './payload.js';
import { CAPACITY, matches } from './messages.js';

const PREVIEW_BYTES = 2000;

export class MessageView {
  #texts;
  #messages;
  #list = byId('messages');
  #filter = byId('message-filter');
  #pause = byId('pause');
  #paused = false;
  #drawnUpTo = 0;
  #frameRequested = false;

  constructor(texts, messages) {
    this.#texts = texts;
    this.#messages = messages;
    this.#filter.addEventListener('input', () => this.#redraw());
    this.#pause.addEventListener('click', () => this.#togglePause());
    byId('clear').addEventListener('click', () => {
      messages.clear();
      this.#redraw();
    });
    texts.addEventListener('change', () => this.#redraw());
  }

  /** Something has arrived: draw it with the next frame. */
  update() {
    if (!this.#frameRequested) {
      this.#frameRequested = true;
      requestAnimationFrame(() => {
        this.#frameRequested = false;
        this.#drawNew();
      });
    }
  }

  #togglePause() {
    this.#paused = !this.#paused;
    this.#pause.setAttribute('aria-pressed', String(this.#paused));
    this.#drawNew();
  }

  /** Draws everything again: another filter, another language, or the list was cleared. */
  #redraw() {
    const lastDrawn = this.#drawnUpTo;
    this.#list.replaceChildren();
    this.#drawnUpTo = 0;
    this.#draw(this.#messages.after(0).filter((message) => !this.#paused || message.number <= lastDrawn));
    this.#drawnUpTo = this.#paused ? lastDrawn : this.#messages.lastNumber;
    this.#drawState();
  }

  #drawNew() {
    if (!this.#paused) {
      this.#draw(this.#messages.after(this.#drawnUpTo));
      this.#drawnUpTo = this.#messages.lastNumber;
    }
    this.#drawState();
  }

  #draw(messages) {
    const items = messages.filter((message) => matches(message, this.#filter.value)).map((message) => this.#item(message));
    this.#list.prepend(...items.reverse());
    if (!this.#paused) {
      this.#removeFallenOut();
    }
  }

  #removeFallenOut() {
    const first = this.#messages.firstNumber;
    while (this.#list.lastElementChild !== null && Number(this.#list.lastElementChild.dataset.number) < first) {
      this.#list.lastElementChild.remove();
    }
  }

  #drawState() {
    const shown = this.#list.childElementCount;
    const total = this.#messages.size;
    const filtered = this.#filter.value.trim() !== '';
    const waiting = Math.min(this.#messages.lastNumber - this.#drawnUpTo, CAPACITY);
    byId('message-count').textContent = filtered ? this.#texts.of('messages.countFiltered', { shown, total }) : String(total);
    byId('no-messages').hidden = total > 0;
    byId('no-match').hidden = total === 0 || shown > 0 || !filtered;
    this.#list.hidden = shown === 0;
    this.#pause.textContent = !this.#paused
      ? this.#texts.of('messages.pause')
      : waiting > 0 ? this.#texts.of('messages.resumeNew', { count: waiting }) : this.#texts.of('messages.resume');
  }

  #item(message) {
    const badges = element('span', 'badges');
    const badge = (name, key, values) => badges.append(element('span', `badge ${name}`, this.#texts.of(key, values)));
    if (message.p2p) badge('p2p', 'messages.p2p');
    if (message.retained) badge('retained', 'messages.retained');
    if (message.duplicate) badge('duplicate', 'messages.duplicate');
    badge('qos', 'messages.qos', { qos: message.qos });
    badge('size', 'messages.bytes', { count: message.bytes.length });

    const head = element('div', 'message-head');
    head.append(element('time', '', timeOfDay(message.time)), element('span', 'topic', message.topic), badges);
    const item = element('li', message.p2p ? 'message to-me' : 'message');
    item.dataset.number = message.number;
    item.append(head, ...this.#payload(message, head));
    return item;
  }

  /** The payload as text or hex, with a button to see the other form and one to see the rest of a long one. */
  #payload(message, head) {
    if (message.bytes.length === 0) {
      return [element('p', 'hint', this.#texts.of('messages.empty'))];
    }
    const body = element('pre', 'payload');
    const more = element('button', 'quiet', this.#texts.of('messages.showAll', { count: message.bytes.length }));
    const form = element('button', 'quiet form');
    let hex = message.text === null;
    let whole = false;
    const show = () => {
      const length = whole ? message.bytes.length : PREVIEW_BYTES;
      body.textContent = hex ? asHex(message.bytes.subarray(0, length)) : message.text.slice(0, length);
      body.classList.toggle('hex', hex);
      more.hidden = whole || message.bytes.length <= PREVIEW_BYTES;
      form.textContent = this.#texts.of(hex ? 'messages.asText' : 'messages.asHex');
    };
    more.type = 'button';
    more.addEventListener('click', () => { whole = true; show(); });
    form.type = 'button';
    form.hidden = message.text === null; // binary has no text form
    form.addEventListener('click', () => { hex = !hex; show(); });
    show();
    head.append(form);
    return [body, more];
  }
}
