package io.openclaw.gateway.it;

import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.TopicAuthorizer;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;

/** What a customer may put into the WAR: nobody gets what is under embargo. */
@ApplicationScoped
public class Embargo implements TopicAuthorizer {
  @Override
  public Verdict decide(Authenticated who, Action action, TopicPattern asked) {
    return action != Action.PUBLISH && asked.levels().contains("embargo")
        ? Verdict.DENY
        : Verdict.ABSTAIN;
  }
}
