package isthmus.server.management;

import static isthmus.server.management.QueueRefusals.told;

import isthmus.queue.api.admin.DeadLetters;
import isthmus.queue.api.admin.ResendJob;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.api.Text;
import isthmus.server.operations.ConsumerGroupOperations.GroupName;
import isthmus.server.operations.DeadLetterOperations;
import isthmus.server.operations.DeadLetterOperations.Export;
import isthmus.server.operations.DeadLetterOperations.Job;
import isthmus.server.operations.DeadLetterOperations.JobName;
import isthmus.server.operations.DeadLetterOperations.LetterName;
import isthmus.server.operations.DeadLetterOperations.LetterSearch;
import isthmus.server.operations.DeadLetterOperations.Resend;
import isthmus.server.operations.QueueMessageOperations.MessageDetail;
import isthmus.server.operations.QueueMessageOperations.MessageLine;
import java.io.IOException;
import java.util.List;

/** Dead letters of consumer groups. */
final class DeadLetterRoutes {
    private final DeadLetters letters;

    DeadLetterRoutes(DeadLetters letters) {
        this.letters = letters;
    }

    List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(DeadLetterOperations.LIST, told(this::list)),
                Route.of(DeadLetterOperations.SHOW, told(this::show)),
                Route.of(DeadLetterOperations.EXPORT, told(this::export)),
                Route.of(DeadLetterOperations.RESEND, told(this::resend)),
                Route.of(DeadLetterOperations.RESEND_ALL, told(this::resendAll)),
                Route.of(DeadLetterOperations.JOB_SHOW, told(this::job)),
                Route.of(DeadLetterOperations.JOB_CANCEL, told(this::cancel)));
    }

    private Page<MessageLine> list(Call<LetterSearch, None> call) {
        LetterSearch search = call.parameters();
        return QueuePages.page(letters.query(
                search.group(),
                QueuePages.from(search.from()),
                QueuePages.to(search.to()),
                QueuePages.cursor(search.cursor()),
                search.limit()));
    }

    private MessageDetail show(Call<LetterName, None> call) {
        LetterName name = call.parameters();
        return letters.byId(name.group(), name.messageId())
                .map(QueuePages::detail)
                .orElseThrow(() ->
                        Problem.notFound("there is no dead letter " + name.messageId() + " of group " + name.group()));
    }

    private Text export(Call<Export, None> call) {
        Export wanted = call.parameters();
        BoundedText csv = new BoundedText();
        try {
            if (wanted.ids().isEmpty()) {
                letters.export(wanted.group(), QueuePages.from(wanted.from()), QueuePages.to(wanted.to()), csv);
            } else {
                letters.export(wanted.group(), wanted.ids(), csv);
            }
        } catch (IOException full) {
            throw Problem.invalid("to", full.getMessage() + " (expected: a shorter period, or fewer ids)");
        }
        return new Text("text/csv; charset=utf-8", csv.text());
    }

    private None resend(Call<LetterName, None> call) {
        letters.resend(call.parameters().group(), call.parameters().messageId());
        return None.NONE;
    }

    private Job resendAll(Call<GroupName, Resend> call) {
        Resend wanted = call.body();
        String group = call.parameters().group();
        return view(
                wanted.ids().isEmpty()
                        ? letters.resendAll(group, QueuePages.from(wanted.from()), QueuePages.to(wanted.to()))
                        : letters.resendAll(group, wanted.ids()));
    }

    private Job job(Call<JobName, None> call) {
        String jobId = call.parameters().jobId();
        return letters.job(jobId)
                .map(DeadLetterRoutes::view)
                .orElseThrow(() -> Problem.notFound("there is no resend " + jobId));
    }

    private static Job view(ResendJob job) {
        return new Job(job.jobId(), job.group(), job.state(), job.sent(), job.total(), job.problem());
    }

    private None cancel(Call<JobName, None> call) {
        letters.cancel(call.parameters().jobId());
        return None.NONE;
    }
}
