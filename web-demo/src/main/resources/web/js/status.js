/** The coloured state in the header, and the box that explains the last failure. */
import { byId } from './dom.js';

export class Status {
  #texts;
  #connection;
  #failure = null;

  constructor(texts, connection) {
    this.#texts = texts;
    this.#connection = connection;
    connection.addEventListener('state', () => this.#onState());
    connection.addEventListener('failure', (event) => this.#onFailure(event.detail));
    byId('failure-close').addEventListener('click', () => this.explain(null));
    texts.addEventListener('change', () => this.#draw());
    // Counts the seconds to the next attempt down.
    setInterval(() => connection.state === 'waiting' && this.#drawState(), 500);
    this.#draw();
  }

  /** Shows a failure as failures.js describes it, or none. */
  explain(failure) {
    this.#failure = failure;
    this.#draw();
  }

  #onFailure(failure) {
    this.explain(failure);
    // A person who has just pressed Connect looks here; one whose connection got lost may be writing something elsewhere.
    if (!byId('connect-form').hidden) {
      byId('failure').scrollIntoView({ block: 'nearest' });
    }
  }

  #onState() {
    // The explanation of why a connection was lost stays until there is a new one.
    if (this.#connection.state === 'connected') {
      this.#failure = null;
    }
    this.#draw();
  }

  #draw() {
    this.#drawState();
    byId('failure').hidden = this.#failure === null;
    if (this.#failure !== null) {
      const { kind, values } = this.#failure;
      byId('failure-what').textContent = this.#texts.of(`failure.${kind}.what`, values);
      byId('failure-todo').textContent = this.#texts.of(`failure.${kind}.todo`, values);
    }
  }

  #drawState() {
    const { state, retryAt } = this.#connection;
    const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
    const text = this.#texts.of(`state.${state}`, { seconds });
    if (byId('state').textContent !== text) {
      byId('state').textContent = text;
    }
    byId('state').dataset.state = state;
  }
}
