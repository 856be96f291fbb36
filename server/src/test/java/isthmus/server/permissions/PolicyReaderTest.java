package isthmus.server.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
    private final PolicyReader reader = new PolicyReader();

    @Test
    void theExampleOfTheDocumentsIsRead() {
        Policy policy = reader.read(
                "Two",
                """
                {"Version": "1", "Statement": [{"Action": "mq:PUB",
                 "Resource": ["acs:mq:*:*:TopicA", "acs:mq:*:1234567890123456:TopicB"], "Effect": "Allow"}]}""");

        assertThat(policy.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.allows()).isTrue();
            assertThat(statement.actions()).containsExactly(Action.PUB);
            assertThat(statement.topics()).extracting(TopicPattern::toString).containsExactly("TopicA", "TopicB");
        });
        assertThat(policy.system()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                            | document                 | is no JSON object",
                "{                                             | document                 | is not JSON (line 1",
                "{} {}                                         | document                 | is not JSON",
                "{\"Statement\":[S]}                           | Version                  | expected: \"1\"",
                "{\"Version\":\"2\",\"Statement\":[S]}         | Version                  | \"2\"",
                "{\"Version\":\"1\"}                           | Statement                | at least one",
                "{\"Version\":\"1\",\"Statement\":[]}          | Statement                | at least one",
                "{\"Version\":\"1\",\"Statement\":[1]}         | Statement[0]             | is no JSON object",
                "{\"Version\":\"1\",\"Statement\":[S],\"x\":1} | x                        | not known here",
            })
    void aDocumentThatIsNotOneIsRefusedWithTheFieldNamed(String document, String field, String message) {
        String statement = "{\"Effect\":\"Allow\",\"Action\":\"mq:PUB\",\"Resource\":\"acs:mq:*:*:T\"}";
        refused(document.replace("S]", statement + "]"), field, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "allow | \"mq:PUB\"            | \"acs:mq:*:*:T\"           | Effect      | expected: \"Allow\" or \"Deny\"",
                "Allow | \"mq:Publish\"        | \"acs:mq:*:*:T\"           | Action      | expected: mq:PUB, mq:SUB or mq:*",
                "Allow | [\"mq:PUB\", \"oss:*\"] | \"acs:mq:*:*:T\"         | Action[1]   | \"oss:*\"",
                "Allow | []                    | \"acs:mq:*:*:T\"           | Action      | missing",
                "Allow | \"mq:PUB\"            | \"T\"                      | Resource    | expected: acs:mq:*:*: and a topic",
                "Allow | \"mq:PUB\"            | \"acs:mq:cn-hangzhou:*:T\" | Resource    | expected: acs:mq:*:*: and a topic",
                "Allow | \"mq:PUB\"            | [1]                        | Resource[0] | is no text",
                "Allow | \"mq:PUB\"            | \"acs:mq:*:*:\"            | Resource    | expected: a parent topic",
                "Allow | \"mq:PUB\"            | \"acs:mq:*:*:a b\"         | Resource    | expected: a parent topic",
                "Allow | \"mq:PUB\"            | \"acs:mq:*:*:${clientId}\" | Resource    | expected: a parent topic",
                "Allow | \"mq:PUB\"            | \"acs:mq:*:*:T/#/x\"       | Resource    | # alone at the end",
                "Allow | \"mq:PUB\"            | \"acs:mq:*:*:T/a+\"        | Resource    | + alone",
                "Allow | \"mq:PUB\"            | \"acs:mq:*:*:T/${user}\"   | Resource    | ${clientId}, ${groupId} or ${deviceId}",
            })
    void aStatementThatSaysNothingKnownIsRefusedWithTheFieldNamed(
            String effect, String action, String resource, String field, String message) {
        refused(
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":" + action
                        + ",\"Resource\":" + resource + "}]}",
                "Statement[0]." + field,
                message);
    }

    @Test
    void aConditionIsRefusedBecauseItWouldNotBeKept() {
        refused(
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"mq:PUB\","
                        + "\"Resource\":\"acs:mq:*:*:T\",\"Condition\":{}}]}",
                "Statement[0].Condition",
                "not known here");
    }

    private void refused(String document, String field, String message) {
        assertThatThrownBy(() -> reader.read("P", document))
                .isInstanceOf(PolicyProblem.class)
                .hasMessageStartingWith(field + ": ")
                .hasMessageContaining(message)
                .hasFieldOrPropertyWithValue("field", field);
    }
}
