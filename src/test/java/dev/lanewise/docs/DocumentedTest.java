package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.TypeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All that the module exports says what it is, and what it returns. The Javadoc tool asks for that only together with
/// a sentence for each parameter, even where the method's sentence has said it.
class DocumentedTest {

  @Test
  void everyPublicMemberSaysWhatItIsAndReturns() throws Exception {
    List<String> missing = missing(PublicApi.parser(PublicApi.sources()));
    assertEquals(List.of(), missing, () -> missing.size() + " lack a comment or @return:\n" + String.join("\n",
        missing));
  }

  @Test
  void theTestSeesWhatIsMissing(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Gap.java"), """
        /// A class.
        public class Gap {
          public int silent() { return 0; }
          /// Counts.
          public int counts() { return 0; }
          /// {@return the count}
          public int said() { return 0; }
          /// Counts.
          /// @return the count
          public int saidBelow() { return 0; }
          /// Nothing to return.
          public void done() {}
          @Override public String toString() { return ""; }
          int inside() { return 0; }
          /// An interface.
          public interface Inner { int open(); }
          private interface Hidden { int closed(); }
          /// A number.
          public static final int NUMBER = 1;
          public enum Kind { ONE }
        }
        """);
    List<String> missing = missing(PublicApi.parser(List.of(source))).stream()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
    assertEquals(List.of("silent", "counts", "open", "Kind", "ONE"), missing);
  }

  private static List<String> missing(JavacTask task) throws Exception {
    List<String> missing = new ArrayList<>();
    int units = 0;
    for (CompilationUnitTree unit : task.parse()) {
      new PublicMembers(task, unit) {
        @Override
        void member(CharSequence name, Tree member) {
          String comment = comments.getDocComment(getCurrentPath());
          if (comment == null || member instanceof MethodTree method && !returnsNothing(method)
              && !comment.contains("@return")) {
            missing.add(where(name));
          }
        }
      }.scan(unit, null);
      units++;
    }
    assertTrue(units > 0, "nothing was looked at");
    return missing;
  }

  private static boolean returnsNothing(MethodTree method) {
    return method.getReturnType() == null
        || method.getReturnType() instanceof PrimitiveTypeTree type && type.getPrimitiveTypeKind() == TypeKind.VOID;
  }
}
