"""A device that subscribes: python3 receive.py [DEVICE_ID] [COUNT] [SECONDS]

Prints what others send to TOPIC/demo or to this device alone (P2P). Exit code 0 after COUNT messages, 1 when the time
is over.
"""

import sys
import threading

from device import TOPIC, connect, new_client

arguments = dict(enumerate(sys.argv))
device_id = arguments.get(1, "python-receiver")
missing = int(arguments.get(2, 10))
seconds = float(arguments.get(3, 60))
complete = threading.Event()


def on_connect(client, userdata, flags, code, properties=None):
    if code != 0:
        print(f"refused: {code}", file=sys.stderr)
        return
    client.subscribe(f"{TOPIC}/demo", qos=1)  # on every connect; P2P messages come without a subscription


def on_subscribe(client, userdata, mid, granted, properties=None):
    print("ready", flush=True)


def on_message(client, userdata, message):
    global missing
    print(f"received from {message.topic}: {message.payload.decode()}", flush=True)
    missing -= 1
    if missing == 0:
        complete.set()


client = new_client(device_id)
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
connect(client)
client.loop_start()
in_time = complete.wait(seconds)
client.disconnect()
client.loop_stop()
sys.exit(0 if in_time else 1)
