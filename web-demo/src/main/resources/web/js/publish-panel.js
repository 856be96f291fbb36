/** The publish card: to a topic, or to one device by its Client ID (P2P). */
import { byId, fillDatalist, ProblemLine, timeOfDay } from './dom.js';
import { p2pTopic, parentProblem, targetProblem, topicProblem } from './topics.js';

export class PublishPanel {
  #texts;
  #connection;
  #problem;
  #result = null;

  constructor(texts, connection, settings) {
    this.#texts = texts;
    this.#connection = connection;
    const form = byId('publish-form');
    this.#problem = new ProblemLine(texts, 'publish-problem', form);
    byId('topic').value = settings.topics.length > 0 ? `${settings.topics[0]}/demo` : '';
    byId('parent').value = settings.topics[0] ?? '';
    fillDatalist('parents', settings.topics);

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#publish();
    });
    byId('payload').addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#publish();
      }
    });
    form.addEventListener('input', () => this.#showDestination());
    byId('to-topic').addEventListener('change', () => this.#showDestination());
    byId('to-device').addEventListener('change', () => this.#showDestination());
    connection.addEventListener('state', () => this.#onState());
    texts.addEventListener('change', () => this.#showResult());
    this.#showDestination();
  }

  get #toDevice() {
    return byId('to-device').checked;
  }

  #onState() {
    const { state, options } = this.#connection;
    byId('publish-fields').disabled = state !== 'connected';
    if (state === 'connected' && byId('target').value === '') {
      byId('target').value = options.clientId; // sending to oneself is the quickest way to see P2P work
      this.#showDestination();
    }
  }

  #showDestination() {
    byId('topic-part').hidden = this.#toDevice;
    byId('device-part').hidden = !this.#toDevice;
    byId('retain-part').hidden = this.#toDevice; // a P2P message is for one client, there is nobody to retain it for
    byId('p2p-topic').textContent = p2pTopic(byId('parent').value.trim(), byId('target').value.trim());
  }

  async #publish() {
    const problem = this.#toDevice
      ? firstOf(['parent', parentProblem], ['target', targetProblem])
      : firstOf(['topic', topicProblem]);
    if (problem !== null) {
      this.#problem.show(problem.key, {}, byId(problem.field));
      return;
    }
    this.#problem.clear();
    const topic = this.#toDevice ? p2pTopic(byId('parent').value.trim(), byId('target').value.trim()) : byId('topic').value.trim();
    const qos = Number(byId('publish-qos').value);
    const retain = !this.#toDevice && byId('retain').checked;
    const started = performance.now();
    try {
      await this.#connection.publish(topic, byId('payload').value, qos, retain);
      const ms = (performance.now() - started).toFixed(1);
      this.#result = { key: qos === 0 ? 'publish.sent' : 'publish.acknowledged', values: { topic, ms, time: timeOfDay(new Date()) } };
    } catch {
      this.#result = null;
      this.#problem.show('problem.publishFailed');
    }
    this.#showResult();
  }

  #showResult() {
    byId('publish-result').textContent = this.#result === null ? '' : this.#texts.of(this.#result.key, this.#result.values);
  }
}

/** The first field whose value has a problem, as {field, key}, or null. */
function firstOf(...checks) {
  for (const [field, problemOf] of checks) {
    const key = problemOf(byId(field).value.trim());
    if (key !== null) {
      return { field, key };
    }
  }
  return null;
}
