/**
 * One MQTT connection as the page wants it: states instead of callbacks, promises for what is acknowledged, and a patient
 * reconnect. All of Paho's peculiarities end in this file.
 *
 *   disconnected ──open()──► connecting ──CONNACK 0──► connected ──lost──► waiting ──timer──► connecting ── …
 *        ▲                       │                         │                  │
 *        └──── refused, close() ─┴───────── close() ───────┴──── close() ─────┘
 *
 * Events: "state" (the state has changed), "failure" (detail: see failures.js), "message" (detail: {topic, bytes, qos,
 * retained, duplicate}).
 */
import { CONNECT_TIMEOUT_SECONDS, connectFailure, isWorthRetrying, lossFailure } from './failures.js';

const MQTT_3_1_1 = 4;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
// A connection that lasted this long was a good one: the next wait starts small again. Without this bound, two tabs with
// the same Client ID would throw each other out once a second for ever.
const STABLE_MS = 10000;
const ANSWER_TIMEOUT_SECONDS = 10;
// A server that refuses a publish can only close the connection. It does so at once.
const SUSPECT_MS = 3000;

export class Connection extends EventTarget {
  #state = 'disconnected';
  #options = null;
  #client = null;
  #timer = null;
  #wait = FIRST_WAIT_MS;
  #connectedAt = 0;
  #retryAt = 0;
  #lastPublish = null;
  /** Publishes that wait for their acknowledgement: Paho message → {resolve, reject}. */
  #unacknowledged = new Map();

  get state() {
    return this.#state;
  }

  /** When the next attempt is due, in the milliseconds of Date.now(); only while waiting. */
  get retryAt() {
    return this.#retryAt;
  }

  /** {address, clientId, userName, password, cleanSession, keepAlive, reconnect} of the present connection, or null. */
  get options() {
    return this.#options;
  }

  open(options) {
    this.close();
    this.#options = options;
    this.#wait = FIRST_WAIT_MS;
    this.#client = this.#newClient(options);
    this.#attempt(false);
  }

  /** Ends the connection, or the attempt to get one. The DISCONNECT packet tells the server that it is meant. */
  close() {
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null; // from here on the callbacks of this client are ignored
    if (client !== null && this.#state !== 'waiting') {
      client.disconnect();
    }
    this.#forgetPublishes();
    this.#become('disconnected');
  }

  /** Does not wait for the back-off to end. */
  retryNow() {
    if (this.#state === 'waiting') {
      clearTimeout(this.#timer);
      this.#attempt(true);
    }
  }

  /** Resolves with the granted QoS; rejects with "refused" or "unanswered". */
  subscribe(filter, qos) {
    return new Promise((resolve, reject) => {
      this.#connectedClient().subscribe(filter, {
        qos,
        timeout: ANSWER_TIMEOUT_SECONDS,
        onSuccess: ({ grantedQos }) => resolve(grantedQos[0]),
        onFailure: ({ errorCode }) => reject(new Error(errorCode[0] === 0x80 ? 'refused' : 'unanswered')),
      });
    });
  }

  unsubscribe(filter) {
    return new Promise((resolve, reject) => {
      this.#connectedClient().unsubscribe(filter, {
        timeout: ANSWER_TIMEOUT_SECONDS,
        onSuccess: resolve,
        onFailure: () => reject(new Error('unanswered')),
      });
    });
  }

  /** Resolves when QoS 0 is handed to the socket, or when QoS 1 or 2 is acknowledged; rejects when the connection ends before. */
  publish(topic, payload, qos, retain) {
    return new Promise((resolve, reject) => {
      const client = this.#connectedClient();
      const message = new window.Paho.Message(payload);
      message.destinationName = topic;
      message.qos = qos;
      message.retained = retain;
      this.#lastPublish = { topic, at: Date.now() };
      this.#unacknowledged.set(message, { resolve, reject });
      client.send(message);
    });
  }

  #connectedClient() {
    if (this.#state !== 'connected') {
      throw new Error('not connected');
    }
    return this.#client;
  }

  #newClient({ address, clientId }) {
    const client = new window.Paho.Client(address, clientId);
    // Each callback asks first whether its client is still the present one: an abandoned attempt may still succeed or fail.
    const ifPresent = (callback) => (argument) => {
      if (client === this.#client) {
        callback(argument);
      }
    };
    client.onConnectionLost = ifPresent((reason) => this.#onLost(reason));
    client.onMessageArrived = ifPresent((message) => this.#onMessage(message));
    client.onMessageDelivered = ifPresent((message) => this.#onDelivered(message));
    return client;
  }

  #attempt(isRetry) {
    const client = this.#client;
    const { userName, password, cleanSession, keepAlive } = this.#options;
    this.#become('connecting');
    client.connect({
      userName,
      password,
      cleanSession,
      keepAliveInterval: keepAlive,
      timeout: CONNECT_TIMEOUT_SECONDS,
      // Said explicitly, or Paho tries again with MQTT 3.1 after every refusal and hides the first reason.
      mqttVersion: MQTT_3_1_1,
      onSuccess: () => client === this.#client && this.#onConnected(),
      onFailure: (reason) => client === this.#client && this.#onConnectFailure(reason, isRetry),
    });
  }

  #onConnected() {
    this.#connectedAt = Date.now();
    this.#lastPublish = null;
    this.#become('connected');
  }

  #onConnectFailure(reason, isRetry) {
    const failure = connectFailure(reason, this.#options.address);
    this.#tell('failure', failure);
    // The first attempt is not repeated: a wrong port stays wrong, and the person is looking at the form.
    if (isRetry && isWorthRetrying(failure)) {
      this.#waitAndRetry();
    } else {
      this.#client = null;
      this.#forgetPublishes();
      this.#become('disconnected');
    }
  }

  #onLost(reason) {
    this.#tell('failure', lossFailure(reason, this.#suspectTopic()));
    if (Date.now() - this.#connectedAt >= STABLE_MS) {
      this.#wait = FIRST_WAIT_MS;
    }
    // With a stored session Paho sends unacknowledged messages again after the reconnect; a clean one forgets them.
    if (this.#options.cleanSession || !this.#options.reconnect) {
      this.#forgetPublishes();
    }
    if (this.#options.reconnect) {
      this.#waitAndRetry();
    } else {
      this.#client = null;
      this.#become('disconnected');
    }
  }

  /** The topic of a publish that may have been the reason why the server closed the connection. */
  #suspectTopic() {
    const recent = this.#lastPublish !== null && Date.now() - this.#lastPublish.at < SUSPECT_MS;
    return recent ? this.#lastPublish.topic : null;
  }

  /** Waits double as long each time, with a little chance in it, so that a thousand pages do not return in the same instant. */
  #waitAndRetry() {
    const wait = Math.round(this.#wait * (0.8 + 0.4 * Math.random()));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#retryAt = Date.now() + wait;
    this.#timer = setTimeout(() => this.#attempt(true), wait);
    this.#become('waiting');
  }

  #onMessage(message) {
    this.#tell('message', {
      topic: message.destinationName,
      bytes: message.payloadBytes.slice(), // Paho hands out a window into its receive buffer
      qos: message.qos,
      retained: message.retained,
      duplicate: message.duplicate,
    });
  }

  #onDelivered(message) {
    if (message.qos > 0) {
      this.#lastPublish = null; // acknowledged, hence permitted
    }
    this.#unacknowledged.get(message)?.resolve();
    this.#unacknowledged.delete(message);
  }

  #forgetPublishes() {
    for (const { reject } of this.#unacknowledged.values()) {
      reject(new Error('connection ended'));
    }
    this.#unacknowledged.clear();
  }

  #become(state) {
    if (this.#state !== state) {
      this.#state = state;
      this.dispatchEvent(new Event('state'));
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
