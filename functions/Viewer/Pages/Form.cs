namespace ArenaBench.Functions.Viewer;

/// <summary>Fields of forms that show what the address asks for.</summary>
internal static class Form
{
    /// <param name="none">What stands for "not asked".</param>
    public static Html Select(ViewLinks links, string name, string label, string none, IReadOnlyList<string> values) =>
        Select(links, name, label, none, [.. values.Select(value => (value, Words.Of(value) == value.Replace('_', ' ') ? Words.Of(value) : value))]);

    public static Html Select(ViewLinks links, string name, string label, string none, IReadOnlyList<(string Value, string Text)> values)
    {
        var asked = links.Asked(name);
        return Html.Of($"""
            <label>{label} <select name="{name}"><option value="">{none}</option>{Html.Each(values, value => Option(value.Value, value.Text, value.Value == asked))}</select></label>
            """);
    }

    public static Html Number(ViewLinks links, string name, string label, int lowest, int highest, string step) => Html.Of($"""
        <label>{label} <input type="number" name="{name}" min="{lowest}" max="{highest}" step="{step}" value="{links.Asked(name)}"></label>
        """);

    public static Html Search(ViewLinks links, string name, string label) => Html.Of($"""
        <label>{label} <input type="search" name="{name}" maxlength="200" value="{links.Asked(name)}"></label>
        """);

    private static Html Option(string value, string text, bool isAsked) => isAsked
        ? Html.Of($"<option value='{value}' selected>{text}</option>")
        : Html.Of($"<option value='{value}'>{text}</option>");
}
