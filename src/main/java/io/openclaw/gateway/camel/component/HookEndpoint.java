package io.openclaw.gateway.camel.component;

import io.openclaw.gateway.hook.Hooks;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A hook. Its setters are the options of the URI; there must be a secret, or users. Confined to the
 * thread that configures it, then read only.
 */
public final class HookEndpoint extends DefaultEndpoint {
  private final String name;
  private final Hooks hooks;
  private String secret = "";
  private String signatureHeader = "X-Hub-Signature-256";
  private Set<String> users = Set.of();
  private int concurrency = 8;

  HookEndpoint(String uri, HookComponent component, String name, Hooks hooks) {
    super(uri, component);
    this.name = name;
    this.hooks = hooks;
    if (!name.matches("[A-Za-z0-9._-]{1,80}")) {
      throw new IllegalArgumentException("a hook's name has letters, digits and ._-");
    }
  }

  /** The secret that the sender signs the body with; empty: no signature is asked for. */
  public void setSecret(String secret) {
    this.secret = secret;
  }

  /** The header with the HMAC-SHA256 of the body: hexadecimal, also behind sha256=, or base64. */
  public void setSignatureHeader(String signatureHeader) {
    this.signatureHeader = signatureHeader;
  }

  /** Users, by commas, who may send with an API key or a token. */
  public void setUsers(String users) {
    this.users = Set.of(users.strip().split("\\s*,\\s*"));
  }

  /** How many requests may be under way; the others are told to come again. */
  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  String name() {
    return name;
  }

  Hooks hooks() {
    return hooks;
  }

  int concurrency() {
    return concurrency;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (secret.isEmpty() && users.isEmpty()) {
      throw new IllegalArgumentException("a hook needs secret, or users");
    }
    HookConsumer consumer =
        new HookConsumer(this, processor, new HookGuard(secret, signatureHeader, users));
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("hook: is for from only");
  }
}
