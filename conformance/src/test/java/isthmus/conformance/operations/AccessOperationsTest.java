package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.AccessOperations;
import java.net.http.HttpRequest;

@Areas(AccessOperations.class)
class AccessOperationsTest extends OperatorTest {
    private final Management management;

    AccessOperationsTest(TestServer server) {
        super(server);
        this.management = new Management(server);
    }

    @ByEachHand
    void aTokenOpensWhatItsRoleMayUntilItIsDeletedAndAllIsWrittenDown(Hand hand) {
        String name = hand.own("reader");
        JsonNode made = hand.ask(AccessOperations.CREATE_TOKEN, "name", name, "role", "read", "days", 1);
        HttpRequest.Builder look = management
                .request("/api/v1/clients")
                .header("Authorization", "Bearer " + made.get("token").asText());
        assertThat(management.send(look).statusCode()).isEqualTo(200);
        JsonNode list = hand.ask(AccessOperations.TOKENS);
        assertThat(texts(list, "name")).contains("file", name);
        assertThat(list.toString()).doesNotContain(made.get("token").asText());

        hand.ask(AccessOperations.DELETE_TOKEN, "name", name);
        assertThat(management.send(look).statusCode()).isEqualTo(401);
        assertThat(hand.refused(AccessOperations.DELETE_TOKEN, "name", name)).contains(name);
        JsonNode audit = hand.ask(AccessOperations.AUDIT, "operation", "tokensDelete", "limit", 2);
        assertThat(texts(audit, "status")).containsExactly("404", "204");
    }
}
