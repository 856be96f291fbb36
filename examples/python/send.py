"""A device that publishes: python3 send.py [DEVICE_ID] [COUNT] [TARGET_CLIENT_ID]

Without a target the messages go to everybody who subscribed TOPIC/demo; with one to that client alone (P2P).
Exit code 1 when the server does not take the messages.
"""

import sys

from device import TOPIC, connect, new_client

arguments = dict(enumerate(sys.argv))
device_id = arguments.get(1, "python-sender")
count = int(arguments.get(2, 10))
target = arguments.get(3)
topic = f"{TOPIC}/p2p/{target}" if target else f"{TOPIC}/demo"


def on_connect(client, userdata, flags, code, properties=None):
    if code != 0:
        print(f"refused: {code}", file=sys.stderr)


client = new_client(device_id)
client.on_connect = on_connect
connect(client)
client.loop_start()
for i in range(1, count + 1):
    text = f"message {i} from {device_id}"
    info = client.publish(topic, text, qos=1)
    info.wait_for_publish(20)  # until the server has stored the message
    if not info.is_published():
        sys.exit(f"not sent to {topic}: {text}")
    print(f"sent to {topic}: {text}")
client.disconnect()
client.loop_stop()
