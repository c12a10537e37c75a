package io.openclaw.gateway.session;

import io.openclaw.gateway.forward.Deadlines;
import io.openclaw.gateway.forward.Provenance;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.request.Answer;
import io.openclaw.gateway.request.Exchange;
import io.openclaw.gateway.request.Question;
import io.openclaw.gateway.request.RequestSettings;
import io.openclaw.gateway.request.Requests;
import io.openclaw.gateway.request.ServiceSettings;
import io.openclaw.gateway.request.Services;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Services that answer when the example says so; where none is asked, there is nothing at all. */
final class ExampleServices implements Exchange {
  private final BlockingQueue<Question> asked = new LinkedBlockingQueue<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final Requests requests =
      new Requests(
          new RequestSettings(10, 10, 1),
          new Provenance(List.of()),
          new Deadlines(System::nanoTime),
          () -> "c" + lastId.incrementAndGet());
  private final Services known =
      new Services(
          List.of(
              new ServiceSettings(
                  TopicName.of("quotes"),
                  OutletAddress.of("jms:queue/quotes"),
                  ServiceSettings.TIMEOUT,
                  ServiceSettings.MAX_TIMEOUT)));

  ExampleServices(List<String> steps) {
    if (steps.stream().anyMatch(step -> step.contains("the service "))) {
      requests.start(
          this,
          task -> {
            Thread thread = new Thread(task, "sender");
            thread.setDaemon(true);
            return thread;
          });
    }
  }

  Services known() {
    return known;
  }

  Requests requests() {
    return requests;
  }

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public void send(List<Question> questions) {
    asked.addAll(questions);
  }

  /** Answers the next question, which was put to the service with this name. */
  void answer(String service, boolean refuses, String content) {
    Question question = next();
    if (!service.equals(question.message().properties().get("service"))) {
      throw new AssertionError("asked was " + question);
    }
    requests.answer(
        question.correlation(),
        refuses
            ? new Answer.Refused("not_found", content)
            : new Answer.Given(new Payload.Json(content)));
  }

  private Question next() {
    try {
      Question question = asked.poll(20, TimeUnit.SECONDS);
      if (question == null) {
        throw new AssertionError("no service was asked");
      }
      return question;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
