package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// Every program of the build runs on the JDK that the toolchain selects: exec asks it for `java` before it looks at
/// the path, but only where one is set. `.ci/run` builds with a `java` on the path that runs nothing.
class BuildTest {

  private static final XPath XPATH = XPathFactory.newInstance().newXPath();
  private static Document pom;

  @BeforeAll
  static void read() throws Exception {
    pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of("pom.xml").toFile());
  }

  private static List<String> texts(String path) throws Exception {
    NodeList nodes = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> nodes.item(i).getTextContent().strip()).toList();
  }

  @Test
  void aToolchainIsSetWhateverMavenRunsOn() throws Exception {
    assertEquals(List.of("Never"), texts("//plugin[artifactId='maven-toolchains-plugin']//configuration/useJdk"));
  }

  @Test
  void oneProgramGeneratesSources() throws Exception {
    String executions = "//plugin[artifactId='exec-maven-plugin']//execution[phase='generate-sources']";
    assertEquals(List.of("generate"), texts(executions + "/id"));
  }

  @Test
  void everyExecAsksTheToolchain() throws Exception {
    List<String> executables = texts("//plugin[artifactId='exec-maven-plugin']//configuration/executable");
    List<String> goals = texts("//plugin[artifactId='exec-maven-plugin']//execution/goals/goal");
    assertTrue(executables.size() >= 4, executables.toString());
    assertEquals(executables.size(), goals.size(), "each execution names its program");
    assertTrue(executables.stream().allMatch("java"::equals), executables.toString());
    assertTrue(goals.stream().allMatch("exec"::equals), goals.toString());
  }

  @Test
  void theApiIsComparedWithTheReleaseBefore() throws Exception {
    String version = texts("/project/version").getFirst();
    String last = texts("/project/properties/last.release").getFirst();
    if (version.matches("0\\.1\\.0(-SNAPSHOT)?")) {
      assertEquals("none", last, "nothing was released before 0.1.0");
    } else {
      assertTrue(last.matches("\\d+\\.\\d+\\.\\d+") && !last.equals(version), version + " is compared with " + last);
    }
  }
}
