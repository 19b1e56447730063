import Cells

extension Theme {
    /// The default look, the same as `themes/sitter-dark.theme`, for when no file is installed.
    package static let sitterDark = Theme(
        name: "sitter-dark",
        colors: [
            "main_bg": Color(hex: 0x14161B), "main_fg": Color(hex: 0xC9D1D9), "title": Color(hex: 0xE6EDF3),
            "hi_fg": Color(hex: 0xE3C76A), "selected_bg": Color(hex: 0x1D222B), "selected_fg": Color(hex: 0xF0F3F6),
            "inactive_fg": Color(hex: 0x768390), "graph_text": Color(hex: 0x768390), "meter_bg": Color(hex: 0x30363D),
            "proc_misc": Color(hex: 0x58A6FF), "cpu_box": Color(hex: 0x8B98A9), "mem_box": Color(hex: 0x8B98A9),
            "net_box": Color(hex: 0x8B98A9), "proc_box": Color(hex: 0x8B98A9), "div_line": Color(hex: 0x3B4350),
            "temp_start": Color(hex: 0x7EE787), "temp_mid": Color(hex: 0xE3C76A), "temp_end": Color(hex: 0xF85149),
            "cpu_start": Color(hex: 0x7EE787), "cpu_mid": Color(hex: 0xF0883E), "cpu_end": Color(hex: 0xF85149),
            "free_start": Color(hex: 0x23364F), "free_mid": Color(hex: 0x4F9ECB), "free_end": Color(hex: 0x7EE787),
            "cached_start": Color(hex: 0x20423F), "cached_mid": Color(hex: 0x3A8F85),
            "cached_end": Color(hex: 0x56D4C4), "available_start": Color(hex: 0x20423F),
            "available_mid": Color(hex: 0x3A8F85), "available_end": Color(hex: 0x56D4C4),
            "used_start": Color(hex: 0x7EE787), "used_mid": Color(hex: 0xF0883E), "used_end": Color(hex: 0xF85149),
            "download_start": Color(hex: 0x23364F), "download_mid": Color(hex: 0x4F9ECB),
            "download_end": Color(hex: 0x58A6FF), "upload_start": Color(hex: 0x4A3420),
            "upload_mid": Color(hex: 0x8A5A24), "upload_end": Color(hex: 0xF0A24A),
            "process_start": Color(hex: 0x4A3A5E), "process_mid": Color(hex: 0x8A6CB0),
            "process_end": Color(hex: 0xD2A8FF), "sitter_train": Color(hex: 0x58A6FF),
            "sitter_validation": Color(hex: 0xF0A24A), "sitter_best": Color(hex: 0x7EE787),
            "sitter_rate": Color(hex: 0x56D4C4), "sitter_ghost": Color(hex: 0x9D97BD),
            "sitter_raw": Color(hex: 0x2F5580), "sitter_you": Color(hex: 0xD2A8FF),
            "sitter_warn": Color(hex: 0xF0883E), "sitter_bad": Color(hex: 0xF85149),
            "sitter_good": Color(hex: 0x7EE787), "sitter_bright_text": Color(hex: 0xF0F3F6),
            "sitter_dim_text": Color(hex: 0x768390), "sitter_focus_frame": Color(hex: 0x8B98A9),
            "sitter_heat_start": Color(hex: 0x23364F), "sitter_heat_mid": Color(hex: 0x4F9ECB),
            "sitter_heat_end": Color(hex: 0xB9E2F5), "sitter_never_start": Color(hex: 0x4A3420),
            "sitter_never_mid": Color(hex: 0x8A5A24), "sitter_never_end": Color(hex: 0xD98A34),
        ])
}
