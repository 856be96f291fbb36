package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageQueue;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which policies let a sub-account do what, with an MQTT client and with a RocketMQ client. */
@ExtendWith(SharedServer.class)
class PermissionTableTest {
    private static final String GROUP = "GID_PermTable";
    private static final String CLIENT = GROUP + "@@@car1";
    private static int number;

    private final TestServer server;
    private final Management management;

    PermissionTableTest(TestServer server) {
        this.server = server;
        this.management = new Management(server);
    }

    @ParameterizedTest(name = "{0}, {1}: publish {2}, subscribe {3}, send {4}, receive {5}")
    @CsvSource({
        // policies                                             | MQTT topic         | publish | subscribe | send |
        // receive
        "none,                                                    PermTableA/x,       no,  no,  no,  no",
        "Allow mq:PUB PermTableA,                                 PermTableA/x,       yes, no,  yes, no",
        "Allow mq:PUB PermTableA,                                 PermTableB/x,       no,  no,  no,  no",
        "Allow mq:SUB PermTableA,                                 PermTableA/x,       no,  yes, no,  yes",
        "Allow mq:* PermTableA,                                   PermTableA,         yes, yes, yes, yes",
        "Allow mq:* PermTable*,                                   PermTableB/x,       yes, yes, yes, yes",
        "Allow mq:* * + Deny mq:PUB PermTableB,                   PermTableB/x,       no,  yes, no,  yes",
        "Allow mq:* * + Deny mq:PUB PermTableB,                   PermTableA/x,       yes, yes, yes, yes",
        "Allow mq:* * + Deny mq:* PermTable*,                     PermTableA/x,       no,  no,  no,  no",
        "AliyunMQFullAccess,                                      PermTableA/x,       yes, yes, yes, yes",
        "AliyunMQPubOnlyAccess,                                   PermTableA/x,       yes, no,  yes, no",
        "AliyunMQSubOnlyAccess,                                   PermTableA/x,       no,  yes, no,  yes",
        "Allow mq:* PermTableA/${deviceId}/#,                     PermTableA/car1/x,  yes, yes, no,  no",
        "Allow mq:* PermTableA/${deviceId}/#,                     PermTableA/car2/x,  no,  no,  no,  no",
        "Allow mq:* PermTableA + Deny mq:SUB PermTableA/secret/#, PermTableA/secret,  yes, no,  yes, no",
    })
    void whatAPolicyAllowsIsAllowedAndNothingElse(
            String policies, String topic, String publish, String subscribe, String send, String receive)
            throws Exception {
        makeTopicsAndGroup();
        Account account = accountWith(policies);

        assertThat(List.of(
                        "publish " + word(mayPublish(account, topic)),
                        "subscribe " + word(maySubscribe(account, topic)),
                        "send " + word(maySend(account, topic)),
                        "receive " + word(mayReceive(account, topic))))
                .containsExactly("publish " + publish, "subscribe " + subscribe, "send " + send, "receive " + receive);
    }

    private static String word(boolean permitted) {
        return permitted ? "yes" : "no";
    }

    private record Account(String name, String accessKey, String secretKey) {}

    private void makeTopicsAndGroup() {
        for (String topic : List.of("PermTableA", "PermTableB")) {
            if (management.call("GET", "/topics/" + topic, "").statusCode() == 404) {
                management.write("POST", "/topics", "{\"name\":\"" + topic + "\"}");
            }
        }
        if (management.call("GET", "/groups/" + GROUP, "").statusCode() == 404) {
            management.write("POST", "/groups", "{\"name\":\"" + GROUP + "\"}");
        }
    }

    /** {@code Allow mq:PUB TopicA + Deny mq:SUB TopicB}, a policy for each; or the name of a policy. */
    private Account accountWith(String policies) {
        List<String> names = new ArrayList<>();
        for (String policy : policies.split(" \\+ ")) {
            String[] words = policy.split(" ");
            if (words.length == 3) {
                String name = "PermTable-" + ++number;
                management.write(
                        "POST",
                        "/policies",
                        "{\"name\":\"" + name + "\",\"document\":{\"Version\":\"1\",\"Statement\":[{\"Effect\":\""
                                + words[0] + "\",\"Action\":\"" + words[1] + "\",\"Resource\":\"acs:mq:*:*:"
                                + words[2] + "\"}]}}");
                names.add(name);
            } else if (!policy.equals("none")) {
                names.add(policy);
            }
        }
        String name = "permtable-" + ++number;
        String attached = names.stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(",", "[", "]"));
        JsonNode key = management.write(
                "POST",
                "/accounts",
                "{\"name\":\"" + name + "\",\"main\":\"" + TestServer.ACCESS_KEY + "\",\"groups\":[\"" + GROUP
                        + "\"],\"policies\":" + attached + "}");
        return new Account(name, key.get("id").asText(), key.get("secretKey").asText());
    }

    private boolean mayPublish(Account account, String topic) throws MqttException {
        try (PahoDevice device = device(account)) {
            device.publish(topic, "x", 1);
            return true;
        } catch (MqttException closed) {
            return false;
        }
    }

    private boolean maySubscribe(Account account, String topic) throws MqttException {
        try (PahoDevice device = device(account)) {
            device.subscribe(topic, 1);
            return true;
        } catch (MqttException refused) {
            assertThat(refused.getReasonCode()).isEqualTo(MqttException.REASON_CODE_SUBSCRIBE_FAILED);
            return false;
        }
    }

    private PahoDevice device(Account account) throws MqttException {
        return PahoDevice.connect(server, server.tcp(), CLIENT, options -> {
            options.setUserName(account.accessKey);
            options.setPassword(TestServer.password(GROUP, account.secretKey).toCharArray());
        });
    }

    private boolean maySend(Account account, String topic) throws Exception {
        try (RocketMqApplication application =
                new RocketMqApplication(server, GROUP, account.accessKey, account.secretKey)) {
            application.send(topic.split("/", 2)[0], "MQ2MQTT", Map.of("mqttSecondTopic", "/x"), "x");
            return true;
        } catch (MQBrokerException | MQClientException refused) {
            assertThat(refused).hasStackTraceContaining("permission");
            return false;
        }
    }

    @SuppressWarnings("deprecation") // the only consumer that says at once that it may not
    private boolean mayReceive(Account account, String topic) throws Exception {
        AclClientRPCHook keys = new AclClientRPCHook(new SessionCredentials(account.accessKey, account.secretKey));
        DefaultMQPullConsumer consumer = new DefaultMQPullConsumer(GROUP, keys);
        consumer.setNamesrvAddr(server.nameServer());
        consumer.setInstanceName(account.name);
        consumer.start();
        try {
            MessageQueue queue = consumer.fetchSubscribeMessageQueues(topic.split("/", 2)[0])
                    .iterator()
                    .next();
            consumer.pull(queue, "*", 0, 1);
            return true;
        } catch (MQBrokerException refused) {
            assertThat(refused).hasStackTraceContaining("permission");
            return false;
        } finally {
            consumer.shutdown();
        }
    }
}
