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
        <label>{label} <input type="search" name="{name}" maxlength="200" data-key="/" value="{links.Asked(name)}"></label>
        """);

    public static Html Check(ViewLinks links, string name, string label) => Html.Of($"""
        <label class="check"><input type="checkbox" name="{name}" value="1"{Html.If(links.Asked(name) == "1", () => Html.Of($" checked"))}> {label}</label>
        """);

    /// <summary>Attributes of a form that shows its answer in a part of the page as soon as a field changes.</summary>
    /// <param name="address">Without the key, which is a field of the form.</param>
    public static Html Swapping(string address, string part) => Html.Of(
        $" hx-get='{address}' hx-trigger='change, input changed delay:250ms from:find input[type=search], submit' hx-select='{part}' hx-target='{part}' hx-swap='outerHTML' hx-push-url='true' hx-sync='this:replace'");

    public static Html Option(string value, string text, bool isAsked) => isAsked
        ? Html.Of($"<option value='{value}' selected>{text}</option>")
        : Html.Of($"<option value='{value}'>{text}</option>");
}
