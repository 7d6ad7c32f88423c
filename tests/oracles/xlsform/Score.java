// Answers forms in JavaRosa, the engine of ODK Collect, out of the jar of ODK Validate that pyxform brings:
//
//     java -cp ODK_Validate.jar:FOLDER Score JOB...
//
// A job is a folder with form.xml, answers.tsv and outputs.txt, as run.py writes them. Its values are written to
// javarosa.tsv.
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.test.Scenario;

public class Score {
  public static void main(String[] folders) throws Exception {
    for (String folder : folders) {
      try {
        score(Path.of(folder));
      } catch (Throwable why) {
        Files.writeString(Path.of(folder, "javarosa.error"), String.valueOf(why));
      }
    }
  }

  private static void score(Path folder) throws Exception {
    List<String> rows = Files.readAllLines(folder.resolve("answers.tsv"));
    List<String> outputs = Files.readAllLines(folder.resolve("outputs.txt"));
    String[] paths = rows.get(0).split("\t", -1);
    StringBuilder text = new StringBuilder();
    Scenario form = Scenario.init(new File(folder.resolve("form.xml").toString()));
    for (int row = 1; row < rows.size(); row++) {
      form.newInstance();
      // Every second respondent changes the answers of the one before: answers are hidden after they were given.
      if (row % 2 == 0) {
        enter(form, paths, rows.get(row - 1).split("\t", -1));
      }
      enter(form, paths, rows.get(row).split("\t", -1));
      List<String> cells = new ArrayList<>();
      for (String output : outputs) {
        cells.add(value(form, output));
      }
      text.append(String.join("\t", cells)).append('\n');
    }
    Files.writeString(folder.resolve("javarosa.tsv"), text.toString());
  }

  /** Enters answers. A question that is hidden gets its answer if a later one shows it. */
  private static void enter(Scenario form, String[] paths, String[] answers) {
    for (int round = 0; round < 2; round++) {
      for (int at = 0; at < paths.length; at++) {
        if (isShown(form, paths[at])) {
          answer(form, paths[at], answers[at]);
        }
      }
    }
  }

  private static void answer(Scenario form, String path, String answer) {
    if (answer.isEmpty()) {
      form.getFormDef().setValue(null, form.expandSingle(Scenario.getRef(path)), true);
    } else {
      form.answer(path, answer);
    }
  }

  private static boolean isShown(Scenario form, String path) {
    for (String part = path; part.lastIndexOf('/') > 0; part = part.substring(0, part.lastIndexOf('/'))) {
      TreeElement node = form.getAnswerNode(part);
      if (node == null || !node.isRelevant()) {
        return false;
      }
    }
    return true;
  }

  /** The value as it would be sent: nothing for a hidden question. */
  private static String value(Scenario form, String path) {
    IAnswerData answer = isShown(form, path) ? form.answerOf(path) : null;
    return answer == null ? "" : answer.uncast().getString().replace("\t", " ").replace("\n", " ");
  }
}
