package io.openclaw.gateway.dev;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Prices on a random walk, each sent as a JMS message for {@code stock/SYMBOL/price}. <i>Confined
 * to one thread.</i>
 */
final class MarketTicker implements AutoCloseable {
  private static final Map<String, Double> START =
      Map.of(
          "AAPL", 228.0, "AMZN", 219.0, "GOOG", 178.0, "IBM", 291.0, "INTC", 37.0, "MSFT", 498.0,
          "NVDA", 172.0, "SAP", 263.0);
  private static final double STEP = 0.002;

  private final JMSContext context;
  private final RandomGenerator random;
  private final List<String> symbols = START.keySet().stream().sorted().toList();
  private final Map<String, Double> prices = new LinkedHashMap<>(START);

  MarketTicker(ConnectionFactory broker, RandomGenerator random) {
    this.context = broker.createContext();
    this.random = random;
  }

  /** Moves one price and sends it. */
  void tick() throws JMSException {
    String symbol = symbols.get(random.nextInt(symbols.size()));
    double before = prices.getOrDefault(symbol, 100.0);
    double price = Math.max(1, before * (1 + random.nextGaussian() * STEP));
    prices.put(symbol, price);
    context.createProducer().send(context.createQueue(Broker.EVENTS), message(symbol, price));
  }

  @Override
  public void close() {
    context.close();
  }

  private TextMessage message(String symbol, double price) throws JMSException {
    TextMessage message = context.createTextMessage(json(symbol, price));
    message.setStringProperty("topic", "stock/" + symbol + "/price");
    message.setStringProperty("key", symbol);
    return message;
  }

  private static String json(String symbol, double price) {
    return String.format(
        Locale.ROOT,
        "{\"symbol\":\"%s\",\"price\":%.2f,\"change\":%.2f,\"time\":%d}",
        symbol,
        price,
        price - START.getOrDefault(symbol, price),
        System.currentTimeMillis());
  }
}
