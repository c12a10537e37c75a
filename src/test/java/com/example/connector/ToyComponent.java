package com.example.connector;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** A component that a test packs into a jar. */
public final class ToyComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> parameters) {
    throw new UnsupportedOperationException("a toy has no endpoints");
  }
}
