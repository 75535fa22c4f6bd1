package dev.sightline.demo;

import dev.sightline.demo.client.WatchedModel;
import dev.sightline.demo.lines.LinePusher;
import dev.sightline.demo.page.SentencePage;
import dev.sightline.demo.scoring.DemoModelServer;
import dev.sightline.demo.sentiment.Corpus;
import dev.sightline.demo.sentiment.HeldOutAccuracy;
import dev.sightline.demo.sentiment.SentimentModel;
import dev.sightline.demo.sink.MessageSink;
import dev.sightline.demo.traffic.CalmTraffic;
import dev.sightline.model.label.Labels;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.SystemClock;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A model to watch, a page to play with it, a little traffic, and a sink for what is told of it.
///
/// Started in two steps, because the gateway needs the address of the model before it has one of
/// its own: [#start], then give [#modelUri] to the gateway, then [#watch].
public final class Demo implements AutoCloseable {
  /// The name of the model at gateway and server.
  public static final String MODEL = "sentiment";

  private final SentimentModel model;
  private final LinePusher lines;
  private final DemoModelServer modelServer;
  private final MessageSink sink;
  // guarded by this
  private @Nullable SentencePage page;
  private @Nullable CalmTraffic traffic;

  private Demo(
      SentimentModel model, LinePusher lines, DemoModelServer modelServer, MessageSink sink) {
    this.model = model;
    this.lines = lines;
    this.modelServer = modelServer;
    this.sink = sink;
  }

  /// Trains the model and serves it; takes about a second.
  public static Demo start() {
    SentimentModel model = SentimentModel.train();
    LinePusher lines = LinePusher.start(Labels.of("model", MODEL, "service", "demo-model"));
    Clock clock = new SystemClock();
    return new Demo(
        model, lines, DemoModelServer.start(model, MODEL, lines, clock), MessageSink.start(clock));
  }

  /// The upstream for the gateway.
  public URI modelUri() {
    return modelServer.uri();
  }

  /// Where mails and web hooks about the model go.
  public MessageSink sink() {
    return sink;
  }

  /// How good the model is by its own measure.
  public HeldOutAccuracy accuracy() {
    return model.accuracy();
  }

  /// How many sentences of each class the model learnt from.
  public Map<String, Long> trainedWith() {
    return Corpus.training().stream()
        .collect(
            Collectors.groupingBy(s -> s.sentiment().label(), TreeMap::new, Collectors.counting()));
  }

  /// Starts the page and the calm traffic, and pushes the model server's lines; once.
  ///
  /// @param gateway scheme, host and port; calls go to `/sentiment/predict` there
  /// @param server scheme, host and port of the main server, where truths and lines go
  /// @param token for the main server; null where it asks for none
  /// @return the address of the page
  public synchronized URI watch(URI gateway, URI server, @Nullable String token) {
    if (page != null) {
      throw new IllegalStateException("BUG: this demo is watched already");
    }
    lines.to(server, token);
    var watched = new WatchedModel(gateway, "/" + MODEL + "/predict", server, MODEL, token);
    SentencePage opened = SentencePage.start(watched, model.accuracy());
    page = opened;
    traffic = CalmTraffic.start(watched);
    return opened.uri();
  }

  /// Stops traffic, page, model and sink, in this order; pushes the last lines if they are taken at
  /// once.
  @Override
  public synchronized void close() {
    if (traffic != null) {
      traffic.close();
    }
    if (page != null) {
      page.close();
    }
    modelServer.close();
    lines.close();
    sink.close();
  }
}
