package isthmus.conformance.normative;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds the tests of all modules that cite statements. It parses their sources, because what the other modules have
 * compiled need not be on our class path.
 */
final class CitedTests {
    private static final List<String> TESTS = List.of("Test", "ParameterizedTest");

    private final Path root;

    /** @param root of the project */
    CitedTests(Path root) {
        this.root = root;
    }

    List<CitedTest> find() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<CitedTest> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(testSources());
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
            for (CompilationUnitTree source : task.parse()) {
                scan(source, found);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path tests :
                    modules.map(module -> module.resolve("src/test/java")).toList()) {
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        files.filter(file -> file.toString().endsWith("Test.java"))
                                .forEach(sources::add);
                    }
                }
            }
        }
        sources.sort(null);
        return sources;
    }

    private void scan(CompilationUnitTree source, List<CitedTest> found) {
        Path path = root.relativize(Path.of(source.getSourceFile().toUri()));
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                List<String> statements = new ArrayList<>();
                boolean test = false;
                for (AnnotationTree annotation : method.getModifiers().getAnnotations()) {
                    String name = annotation.getAnnotationType().toString();
                    test |= TESTS.contains(name);
                    if (name.equals("Normative")) {
                        annotation.getArguments().forEach(argument -> collect(argument, statements));
                    }
                }
                if (!test && !statements.isEmpty()) {
                    throw new IllegalStateException(
                            path + ": " + method.getName() + " cites statements and is no test");
                }
                statements.forEach(statement -> found.add(
                        new CitedTest(statement, path, method.getName().toString())));
                return null;
            }
        }.scan(source, null);
    }

    /** The strings in {@code "a"}, {@code {"a", "b"}} and {@code value = "a"}. */
    private static void collect(ExpressionTree argument, List<String> strings) {
        if (argument instanceof LiteralTree literal) {
            strings.add(String.valueOf(literal.getValue()));
        } else if (argument instanceof NewArrayTree array) {
            array.getInitializers().forEach(each -> collect(each, strings));
        } else if (argument instanceof AssignmentTree assignment) {
            collect(assignment.getExpression(), strings);
        } else {
            throw new IllegalStateException("@Normative takes string literals, not " + argument);
        }
    }
}
