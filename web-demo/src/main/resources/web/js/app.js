/**
 * Start here. Loads the texts and the settings, creates the connection and the panels, and ties them together.
 *
 *   connection.js   the MQTT connection        connect-panel.js    the form and the summary
 *   failures.js     what went wrong, why       subscribe-panel.js  filters and what was granted
 *   signature.js    secret key → password      publish-panel.js    to a topic or to one device
 *   topics.js       rules of topics and ids    message-view.js     the list, drawn from messages.js
 *   payload.js      bytes → text or hex        status.js           state and last failure
 *   i18n.js         English and Chinese        settings.js         what the server tells about itself
 */
import { Connection } from './connection.js';
import { ConnectPanel } from './connect-panel.js';
import { byId } from './dom.js';
import { firstLanguage, rememberLanguage, Texts } from './i18n.js';
import { Messages } from './messages.js';
import { MessageView } from './message-view.js';
import { PublishPanel } from './publish-panel.js';
import { loadSettings } from './settings.js';
import { Status } from './status.js';
import { SubscribePanel } from './subscribe-panel.js';

const texts = new Texts();
const language = firstLanguage();
const [settings] = await Promise.all([loadSettings(), texts.use(language)]);

const connection = new Connection();
const status = new Status(texts, connection);
const messages = new Messages();
const view = new MessageView(texts, messages);
new ConnectPanel(texts, connection, settings);
new SubscribePanel(texts, connection, settings);
new PublishPanel(texts, connection, settings);

connection.addEventListener('message', (event) => {
  messages.add(event.detail, new Date());
  view.update();
});
view.update();

byId(`language-${language}`).checked = true;
for (const choice of document.querySelectorAll('input[name=language]')) {
  choice.addEventListener('change', async () => {
    await texts.use(choice.value);
    rememberLanguage(choice.value);
  });
}

// Back online: no reason to wait any longer. Leaving the page: say goodbye, so that the server need not wait for Keep Alive.
window.addEventListener('online', () => connection.retryNow());
window.addEventListener('pagehide', () => connection.close());

if (window.Paho === undefined || window.CryptoJS === undefined) {
  status.explain({ kind: 'library', values: {} });
  byId('connect').disabled = true;
}
// For tests and for the curious: everything is wired and may be used.
document.documentElement.dataset.ready = 'true';
