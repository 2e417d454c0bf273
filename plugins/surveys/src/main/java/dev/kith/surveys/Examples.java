package dev.kith.surveys;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kith.api.ForeignId;
import dev.kith.surveys.Definition.Kind;
import dev.kith.surveys.Definition.Question;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a caller may write, for the API's documentation. */
final class Examples {

    static final Definition DEFINITION =
            new Definition(
                    new Text("Your complaint", "您的投诉"),
                    null,
                    new Text("Thank you!", "谢谢您！"),
                    List.of(
                            new Question(
                                    "satisfied",
                                    Kind.CSAT,
                                    new Text("Are you satisfied with our answer?", "您对我们的处理满意吗？"),
                                    true,
                                    null,
                                    null),
                            new Question(
                                    "why",
                                    Kind.TEXT,
                                    new Text("What should we have done?", "我们应该怎样做得更好？"),
                                    null,
                                    "answers.satisfied <= 3",
                                    null)),
                    null,
                    50L);

    static final Invitation.NewInvitation INVITATION =
            new Invitation.NewInvitation(
                    null,
                    new ForeignId("pos", "8812"),
                    UUID.fromString("01a215b9-6d12-7ae2-a0c6-a3fd418ceb81"),
                    null,
                    null,
                    null);

    static final Response.Given ANSWERS =
            new Response.Given(
                    Map.of("satisfied", new IntNode(2), "why", new TextNode("Answer sooner.")));

    private Examples() {}
}
