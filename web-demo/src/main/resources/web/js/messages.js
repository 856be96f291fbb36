/**
 * The messages that have arrived, the newest 500 of them. Knows nothing about the page; message-view.js shows them.
 *
 * Each message gets a number that only grows, so that the view can tell what is new and what has fallen out.
 */
import { isP2p } from './topics.js';
import { asText } from './payload.js';

export const CAPACITY = 500;

export class Messages {
  #list = [];
  #lastNumber = 0;

  /** Takes {topic, bytes, qos, retained, duplicate} and the time of arrival. */
  add(message, time) {
    this.#lastNumber += 1;
    this.#list.push({
      ...message,
      number: this.#lastNumber,
      time,
      p2p: isP2p(message.topic),
      text: asText(message.bytes),
    });
    if (this.#list.length > CAPACITY) {
      this.#list.shift();
    }
  }

  clear() {
    this.#list = [];
  }

  get size() {
    return this.#list.length;
  }

  get lastNumber() {
    return this.#lastNumber;
  }

  /** The number of the oldest message that is still here. */
  get firstNumber() {
    return this.#list[0]?.number ?? this.#lastNumber + 1;
  }

  /** Those that arrived after the given number, oldest first. */
  after(number) {
    return this.#list.filter((message) => message.number > number);
  }
}

/** Whether a message contains what the person typed into the filter, in its topic or its text. */
export function matches(message, wanted) {
  const needle = wanted.trim().toLowerCase();
  return needle === '' || message.topic.toLowerCase().includes(needle) || (message.text ?? '').toLowerCase().includes(needle);
}
