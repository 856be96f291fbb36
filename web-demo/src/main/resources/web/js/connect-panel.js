/**
 * The connection card: the form, what it computes while the person types, and the summary while connected.
 *
 * The secret key lives in its input field only. It is read at two places below, both times to compute the password, and is
 * never put into an option, a message, a URL or any storage.
 */
import { byId, fillDatalist, ProblemLine } from './dom.js';
import { sign } from './signature.js';
import { clientId, clientIdProblem } from './topics.js';

const DEVICE = 'isthmus.device';

export class ConnectPanel {
  #texts;
  #connection;
  #settings;
  #problem;

  constructor(texts, connection, settings) {
    this.#texts = texts;
    this.#connection = connection;
    this.#settings = settings;
    const form = byId('connect-form');
    this.#problem = new ProblemLine(texts, 'connect-problem', form);
    this.#prefill();

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#connect();
    });
    form.addEventListener('input', () => this.#showComputed());
    byId('tls').addEventListener('change', () => this.#useListener(byId('tls').checked));
    byId('new-device').addEventListener('click', () => this.#useDevice(randomDevice()));
    byId('cancel').addEventListener('click', () => connection.close());
    byId('disconnect').addEventListener('click', () => connection.close());
    byId('retry-now').addEventListener('click', () => connection.retryNow());
    connection.addEventListener('state', () => this.#showState());
    texts.addEventListener('change', () => {
      this.#showComputed();
      this.#showState();
    });
    this.#showComputed();
    this.#showState();
  }

  #prefill() {
    const { ws, wss, groups, accessKey } = this.#settings;
    const secure = location.protocol === 'https:' ? wss.port !== null : ws.port === null && wss.port !== null;
    byId('host').value = location.hostname.replace(/^\[|\]$/g, '');
    byId('tls').checked = secure;
    this.#useListener(secure);
    byId('group').value = groups[0] ?? '';
    fillDatalist('groups', groups);
    byId('access-key').value = accessKey;
    this.#useDevice(sessionStorage.getItem(DEVICE) ?? randomDevice());
  }

  /** Port and path of the listener with or without TLS. */
  #useListener(secure) {
    const { port, path } = secure ? this.#settings.wss : this.#settings.ws;
    byId('port').value = port ?? '';
    byId('path').value = path;
    this.#showComputed();
  }

  #useDevice(device) {
    byId('device').value = device;
    this.#showComputed();
  }

  #address() {
    const host = value('host');
    const bracketed = host.includes(':') ? `[${host}]` : host; // an IPv6 address
    return `${byId('tls').checked ? 'wss' : 'ws'}://${bracketed}:${value('port')}${value('path')}`;
  }

  /** What follows from the fields: address, Client ID, the signature, and which fields are needed. */
  #showComputed() {
    const withSecret = byId('with-secret').checked;
    const signable = withSecret && value('group') !== '' && value('secret') !== '';
    byId('address').textContent = this.#address();
    byId('client-id').textContent = clientId(value('group'), value('device'));
    byId('secret-part').hidden = !withSecret;
    byId('password-part').hidden = withSecret;
    byId('signature-part').hidden = !signable;
    byId('signature').textContent = signable ? sign(value('group'), value('secret')) : '';
    byId('clean-note').textContent = this.#texts.of(byId('clean').checked ? 'connection.cleanOn' : 'connection.cleanOff');
  }

  #showState() {
    const { state, options } = this.#connection;
    const established = state === 'connected' || state === 'waiting';
    // A retry keeps the summary; only a first attempt, a refusal or a disconnect brings the form back.
    const summary = established || (state === 'connecting' && !byId('summary').hidden);
    byId('summary').hidden = !summary;
    byId('connect-form').hidden = summary;
    byId('connect-fields').disabled = state === 'connecting';
    byId('connect').hidden = state === 'connecting';
    byId('cancel').hidden = state !== 'connecting';
    byId('retry-now').hidden = state !== 'waiting';
    if (summary) {
      byId('summary-client').textContent = options.clientId;
      byId('summary-address').textContent = options.address;
      byId('summary-session').textContent =
          this.#texts.of(options.cleanSession ? 'connection.sessionClean' : 'connection.sessionKept');
    }
  }

  #connect() {
    const problem = this.#firstProblem();
    if (problem !== null) {
      const length = clientId(value('group'), value('device')).length;
      this.#problem.show(problem.key, { length }, byId(problem.field));
      return;
    }
    // Kept for this tab only: a reload continues the same session, and a second tab gets an identity of its own.
    sessionStorage.setItem(DEVICE, value('device'));
    this.#connection.open({
      address: this.#address(),
      clientId: clientId(value('group'), value('device')),
      userName: value('access-key'),
      password: byId('with-secret').checked ? sign(value('group'), value('secret')) : value('password'),
      cleanSession: byId('clean').checked,
      keepAlive: Number(value('keep-alive')),
      reconnect: byId('reconnect').checked,
    });
  }

  #firstProblem() {
    const identity = clientIdProblem(value('group'), value('device'));
    const checks = [
      [value('host') === '' || /[\s/?#@]/.test(value('host')), 'host', 'problem.host'],
      [!isNumber(value('port'), 1, 65535), 'port', 'problem.port'],
      [!/^\/[^\s?#]*$/.test(value('path')), 'path', 'problem.path'],
      [location.protocol === 'https:' && !byId('tls').checked, 'tls', 'problem.mixed'],
      [identity !== null, identity === 'problem.group' ? 'group' : 'device', identity],
      [value('access-key') === '', 'access-key', 'problem.accessKey'],
      [byId('with-secret').checked && value('secret') === '', 'secret', 'problem.secret'],
      [byId('with-password').checked && value('password') === '', 'password', 'problem.password'],
      [!isNumber(value('keep-alive'), 0, 65535), 'keep-alive', 'problem.keepAlive'],
    ];
    const failed = checks.find(([wrong]) => wrong);
    return failed === undefined ? null : { field: failed[1], key: failed[2] };
  }
}

function value(id) {
  return byId(id).value.trim();
}

function isNumber(text, least, most) {
  return /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function randomDevice() {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return 'web-' + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
