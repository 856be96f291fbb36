/**
 * The subscriptions card.
 *
 * The list shows what this page has asked for and what the server answered. It is kept while the connection is being restored
 * and asked for again then, which is right for both kinds of session: a clean one has forgotten, a stored one does not mind.
 */
import { byId, element, fillDatalist, ProblemLine } from './dom.js';
import { filterProblem } from './topics.js';

export class SubscribePanel {
  #texts;
  #connection;
  #problem;
  /** Topic Filter → {qos: asked for, granted: QoS, null while pending, "refused"} in the order of asking. */
  #subscriptions = new Map();

  constructor(texts, connection, settings) {
    this.#texts = texts;
    this.#connection = connection;
    const form = byId('subscribe-form');
    this.#problem = new ProblemLine(texts, 'subscribe-problem', form);
    byId('filter').value = settings.topics.length > 0 ? `${settings.topics[0]}/#` : '';
    fillDatalist('filters', settings.topics.flatMap((topic) => [topic, `${topic}/#`]));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    connection.addEventListener('state', () => this.#onState());
    texts.addEventListener('change', () => this.#draw());
    this.#draw();
  }

  #submit() {
    const filter = byId('filter').value.trim();
    const problem = filterProblem(filter);
    if (problem !== null) {
      this.#problem.show(problem, {}, byId('filter'));
      return;
    }
    this.#problem.clear();
    this.#subscribe(filter, Number(byId('filter-qos').value));
  }

  async #subscribe(filter, qos) {
    const subscription = { qos, granted: null };
    this.#subscriptions.set(filter, subscription);
    this.#draw();
    try {
      subscription.granted = await this.#connection.subscribe(filter, qos);
    } catch (failure) {
      if (this.#subscriptions.get(filter) !== subscription || this.#connection.state !== 'connected') {
        return; // the connection ended meanwhile, or the person asked again
      }
      if (failure.message === 'refused') {
        subscription.granted = 'refused';
        this.#problem.show('subscriptions.refusedWhy', { filter });
      } else {
        this.#subscriptions.delete(filter);
        this.#problem.show('subscriptions.unanswered', { filter });
      }
    }
    this.#draw();
  }

  async #unsubscribe(filter) {
    const { granted } = this.#subscriptions.get(filter);
    this.#problem.clear();
    try {
      if (granted !== 'refused') {
        await this.#connection.unsubscribe(filter);
      }
      this.#subscriptions.delete(filter);
    } catch {
      this.#problem.show('subscriptions.unanswered', { filter });
    }
    this.#draw();
    byId('filter').focus();
  }

  #onState() {
    const { state } = this.#connection;
    byId('subscribe-fields').disabled = state !== 'connected';
    if (state === 'disconnected') {
      this.#subscriptions.clear();
      this.#problem.clear();
    }
    if (state === 'connected') {
      for (const [filter, { qos, granted }] of [...this.#subscriptions]) {
        if (granted !== 'refused') {
          this.#subscribe(filter, qos);
        }
      }
    }
    this.#draw();
  }

  #draw() {
    byId('subscriptions').replaceChildren(...[...this.#subscriptions].map(([filter, { granted }]) => this.#item(filter, granted)));
    byId('subscriptions').hidden = this.#subscriptions.size === 0;
    byId('no-subscriptions').hidden = this.#subscriptions.size > 0;
  }

  #item(filter, granted) {
    const item = element('li', granted === 'refused' ? 'refused' : '');
    const answer = granted === null ? 'pending' : granted === 'refused' ? 'refused' : 'granted';
    const remove = element('button', 'remove', '×');
    remove.type = 'button';
    remove.title = this.#texts.of('subscriptions.unsubscribe', { filter });
    remove.setAttribute('aria-label', remove.title);
    remove.disabled = this.#connection.state !== 'connected' || granted === null;
    remove.addEventListener('click', () => this.#unsubscribe(filter));
    item.append(
        element('code', '', filter),
        element('span', 'badge', this.#texts.of(`subscriptions.${answer}`, { qos: granted })),
        remove);
    return item;
  }
}
