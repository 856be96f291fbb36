package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.Groups.DirectConsumption;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.StoredMessage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.CMResult;
import org.apache.rocketmq.remoting.protocol.body.ConsumeMessageDirectlyResult;
import org.apache.rocketmq.remoting.protocol.header.ConsumeMessageDirectlyResultRequestHeader;

/** Gives one message to one client, outside the ordinary deliveries. Any thread that may wait. */
final class DirectDelivery {
    private static final long ANSWER_MILLIS = 10_000;

    private final BrokerController broker;
    private final Members members;
    private final StoredMessages stored;

    DirectDelivery(BrokerController broker, Members members, StoredMessages stored) {
        this.broker = broker;
        this.members = members;
        this.stored = stored;
    }

    /** @see isthmus.queue.api.admin.Groups#consumeDirectly */
    DirectConsumption give(String group, String clientId, StoredMessage message) {
        ClientChannelInfo client = members.online(group, clientId)
                .orElseThrow(() -> new OperationException(
                        Reason.UNREACHABLE,
                        "clientId",
                        "The client \"" + clientId + "\" of group " + group + " is not online."));
        byte[] record = stored.bytes(message.position(), message.size());
        if (record == null) {
            throw Refusals.noMessage(message.topic(), message.messageId());
        }
        ConsumeMessageDirectlyResultRequestHeader header = new ConsumeMessageDirectlyResultRequestHeader();
        header.setConsumerGroup(group);
        header.setClientId(clientId);
        header.setMsgId(message.offsetId());
        header.setTopic(message.topic());
        header.setBrokerName(broker.getBrokerConfig().getBrokerName());
        return result(clientId, answer(client, header, record));
    }

    private RemotingCommand answer(
            ClientChannelInfo client, ConsumeMessageDirectlyResultRequestHeader header, byte[] record) {
        try {
            return new ClientRequests(broker)
                    .ask(client, RequestCode.CONSUME_MESSAGE_DIRECTLY, header, record, ANSWER_MILLIS)
                    .get(2 * ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OperationException(Reason.UNAVAILABLE, "clientId", "The server is stopping.");
        } catch (ExecutionException | TimeoutException silence) {
            throw new OperationException(
                    Reason.UNREACHABLE,
                    "clientId",
                    "The client \"" + client.getClientId() + "\" did not answer within " + ANSWER_MILLIS / 1000
                            + " s; its listener may still be at work.");
        }
    }

    private static DirectConsumption result(String clientId, RemotingCommand answer) {
        if (answer.getCode() != ResponseCode.SUCCESS || answer.getBody() == null) {
            throw new OperationException(
                    Reason.UNREACHABLE,
                    "clientId",
                    "The client \"" + clientId + "\" did not take the message: " + answer.getRemark());
        }
        ConsumeMessageDirectlyResult result =
                RemotingSerializable.decode(answer.getBody(), ConsumeMessageDirectlyResult.class);
        CMResult outcome = result.getConsumeResult();
        String remark = result.getRemark();
        return new DirectConsumption(
                outcome == CMResult.CR_SUCCESS || outcome == CMResult.CR_COMMIT,
                outcome == null ? "UNKNOWN" : outcome.name().substring("CR_".length()),
                remark == null ? "" : remark,
                result.getSpentTimeMills());
    }
}
