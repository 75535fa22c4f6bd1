package dev.sightline.server.lines;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink.Line;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is logged by this process to its own store of logs, too.
///
/// What the store itself says, and the disk below it, stays on standard error: a line about a line
/// that could not be written would never end.
public final class StoreAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AutoCloseable {
  private static final Set<String> BELOW =
      Set.of("dev.sightline.logstore", "dev.sightline.storage");

  private final LineQueue lines;
  private final ch.qos.logback.classic.Logger root;

  private StoreAppender(LineQueue lines, ch.qos.logback.classic.Logger root) {
    this.lines = lines;
    this.root = root;
  }

  /// Listens to all loggers from now on.
  public static StoreAppender attach(LineQueue lines) {
    LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    ch.qos.logback.classic.Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    StoreAppender appender = new StoreAppender(lines, root);
    appender.setContext(loggers);
    appender.setName("store");
    appender.start();
    root.addAppender(appender);
    return appender;
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (BELOW.stream().anyMatch(event.getLoggerName()::startsWith) || lines.isWriter()) {
      return;
    }
    event.prepareForDeferredProcessing();
    lines.offer(event.getTimeStamp(), new Logged(event));
  }

  /// One event as a line.
  private record Logged(ILoggingEvent event) implements Line {
    @Override
    public Labels stream() {
      String level = event.getLevel().toString().toLowerCase(Locale.ROOT);
      return Labels.of("service", "sightline", "level", level);
    }

    @Override
    public Labels metadata() {
      String requestId = event.getMDCPropertyMap().getOrDefault("request_id", "");
      Labels where = Labels.of("logger", event.getLoggerName(), "thread", event.getThreadName());
      return requestId.isEmpty()
          ? where
          : Labels.of(
              "logger",
              event.getLoggerName(),
              "request_id",
              requestId,
              "thread",
              event.getThreadName());
    }

    @Override
    public String text() {
      IThrowableProxy thrown = event.getThrowableProxy();
      String message = event.getFormattedMessage();
      return thrown == null ? message : message + "\n" + ThrowableProxyUtil.asString(thrown);
    }
  }
}
