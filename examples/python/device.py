"""What the sender and the receiver share: settings from the environment, the password, and a client.

Runs with paho-mqtt 1.6 (Debian 12: apt-get install python3-paho-mqtt) and 2.x.
"""

import base64
import hashlib
import hmac
import os
import sys

import paho.mqtt.client as mqtt


def setting(name, unset=None):
    value = os.environ.get(name) or unset
    if value is None:
        sys.exit(f"Set {name}; the server says at its start what it is or where it lies")
    return value


HOST = setting("ISTHMUS_HOST", "localhost")
TOPIC = setting("ISTHMUS_TOPIC", "Telemetry")
GROUP = setting("ISTHMUS_GROUP", "GID_Sensors")
CA_FILE = setting("ISTHMUS_CA_FILE", "")  # with this file: TLS


def password(group_id, secret_key):
    """Base64(HMAC-SHA1(SecretKey, GroupID))"""
    return base64.b64encode(hmac.new(secret_key.encode(), group_id.encode(), hashlib.sha1).digest()).decode()


def new_client(device_id, clean_session=True):
    options = {"client_id": f"{GROUP}@@@{device_id}", "clean_session": clean_session, "protocol": mqtt.MQTTv311}
    if hasattr(mqtt, "CallbackAPIVersion"):  # paho-mqtt 2.x
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, **options)
    else:
        client = mqtt.Client(**options)
    client.username_pw_set(setting("ISTHMUS_ACCESS_KEY"), password(GROUP, setting("ISTHMUS_SECRET_KEY")))
    if CA_FILE:
        client.tls_set(CA_FILE)  # checks the server's certificate and its host name, and sends the name (SNI)
    return client


def connect(client):
    port = setting("ISTHMUS_TLS_PORT", "8883") if CA_FILE else setting("ISTHMUS_MQTT_PORT", "1883")
    client.connect(HOST, int(port), keepalive=60)
