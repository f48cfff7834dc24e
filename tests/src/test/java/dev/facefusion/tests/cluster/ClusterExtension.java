package dev.facefusion.tests.cluster;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts the cluster with the first class that needs it and ends it with the run.
final class ClusterExtension
        implements AfterAllCallback, AfterTestExecutionCallback, ParameterResolver {
    private static final Namespace STORE = Namespace.create(ClusterExtension.class);
    private static final List<Class<?>> PARAMETERS =
            List.of(TestCluster.class, TestNamespace.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class
                ? cluster(context)
                : namespace(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            new Diagnostics(cluster(context))
                    .dump(
                            context.getRequiredTestClass(),
                            context.getDisplayName(),
                            namespace(context).name());
        }
    }

    /// Whatever the class tested: the operator must have got by with the chart's permissions.
    @Override
    public void afterAll(ExtensionContext context) {
        List<AuditLog.Request> forbidden = cluster(context).audit().forbidden();
        if (!forbidden.isEmpty()) {
            throw new AssertionError("the chart's roles forbade the operator " + forbidden);
        }
    }

    private static TestCluster cluster(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(TestCluster.class, _ -> TestCluster.start(), TestCluster.class);
    }

    /// Lives as long as the class: JUnit closes what its store holds.
    private static TestNamespace namespace(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        ExtensionContext classContext =
                context.getTestMethod().isPresent() ? context.getParent().orElse(context) : context;
        return classContext
                .getStore(STORE)
                .computeIfAbsent(
                        TestNamespace.class,
                        _ -> TestNamespace.create(cluster(context).client(), test),
                        TestNamespace.class);
    }
}
