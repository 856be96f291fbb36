package isthmus.queue.embedded.admin;

import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.InvokeCallback;
import org.apache.rocketmq.remoting.netty.ResponseFuture;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/**
 * Asks connected clients over the connections they have. Any thread; answers arrive on RocketMQ's threads, where nothing
 * may block.
 */
final class ClientRequests {
    private final BrokerController broker;

    ClientRequests(BrokerController broker) {
        this.broker = broker;
    }

    /** Completes with the client's answer, or exceptionally when it does not come in time. */
    CompletableFuture<RemotingCommand> ask(
            ClientChannelInfo client, int code, CommandCustomHeader header, byte[] body, long timeoutMillis) {
        RemotingCommand request = RemotingCommand.createRequestCommand(code, header);
        if (body.length > 0) {
            request.setBody(body);
        }
        CompletableFuture<RemotingCommand> answer = new CompletableFuture<>();
        try {
            broker.getRemotingServer().invokeAsync(client.getChannel(), request, timeoutMillis, new Callback(answer));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(stopping);
        } catch (Exception notSent) {
            answer.completeExceptionally(notSent);
        }
        return answer;
    }

    private record Callback(CompletableFuture<RemotingCommand> answer) implements InvokeCallback {
        @Override
        public void operationComplete(ResponseFuture future) {
            // One of the two below was called before.
        }

        @Override
        public void operationSucceed(RemotingCommand response) {
            answer.complete(response);
        }

        @Override
        public void operationFail(Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
