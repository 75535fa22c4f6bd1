package dev.sightline.logql.stage;

/// `line_format "{{.msg}}"`: makes the line anew.
final class LineFormatStep implements Step {
  private final LineTemplate template;

  LineFormatStep(String template) {
    this.template = new LineTemplate(template, "line");
  }

  /// A line that cannot be made stays as it is, with an error.
  @Override
  public boolean apply(Line line) {
    String text = template.expand(line);
    if (text != null) {
      line.setText(text);
    }
    return true;
  }
}
