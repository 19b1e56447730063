#include "CPictures.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>
#include <png.h>

static void say(picture_report *report, const char *message) {
    snprintf(report->message, sizeof report->message, "%s", message);
    // One line, whatever a file wrote into a library's message.
    for (char *c = report->message; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = '?';
}

int picture_kind(const uint8_t *bytes, size_t count) {
    static const uint8_t png[8] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    if (count >= 8 && memcmp(bytes, png, 8) == 0) return PICTURE_PNG;
    if (count >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF) return PICTURE_JPEG;
    return PICTURE_UNKNOWN;
}

// --- PNG

typedef struct {
    const uint8_t *bytes;
    size_t count;
    size_t position;
    picture_report *report;
} png_source;

static void png_take(png_structp png, png_bytep target, size_t count) {
    png_source *source = png_get_io_ptr(png);
    if (count > source->count - source->position) png_error(png, "the data end too early");
    memcpy(target, source->bytes + source->position, count);
    source->position += count;
}

static void png_fail(png_structp png, png_const_charp message) {
    say(((png_source *)png_get_error_ptr(png))->report, message);
    png_longjmp(png, 1);
}

static void png_ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static int png_run(png_source *source, int width, int height, uint8_t *rgb) {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, source, png_fail, png_ignore);
    if (!png) {
        say(source->report, "memory is out");
        return 1;
    }
    png_infop info = png_create_info_struct(png);
    if (!info) {
        png_destroy_read_struct(&png, NULL, NULL);
        say(source->report, "memory is out");
        return 1;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return 1;
    }
    png_set_read_fn(png, source, png_take);
    png_set_user_limits(png, 65535, 65535);
    // Comments and profiles may unpack to this much and no more.
    png_set_chunk_malloc_max(png, 4 << 20);
    png_set_chunk_cache_max(png, 64);
    png_read_info(png, info);
    source->report->width = (int)png_get_image_width(png, info);
    source->report->height = (int)png_get_image_height(png, info);
    if (rgb) {
        if (source->report->width != width || source->report->height != height)
            png_error(png, "the size changed while it was read");
        png_set_expand(png);
        png_set_strip_16(png);
        png_set_strip_alpha(png);
        png_set_gray_to_rgb(png);
        int passes = png_set_interlace_handling(png);
        png_read_update_info(png, info);
        if (png_get_rowbytes(png, info) != (size_t)width * 3) png_error(png, "the kind of pixels is not known");
        for (int pass = 0; pass < passes; pass++)
            for (int row = 0; row < height; row++) png_read_row(png, rgb + (size_t)row * width * 3, NULL);
        png_read_end(png, NULL);
    }
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
}

// --- JPEG

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    picture_report *report;
} jpeg_errors;

static void jpeg_fail(j_common_ptr info) {
    jpeg_errors *errors = (jpeg_errors *)info->err;
    char message[JMSG_LENGTH_MAX];
    errors->manager.format_message(info, message);
    say(errors->report, message);
    longjmp(errors->escape, 1);
}

// The library would fill up what is missing with grey: a picture that was cut off must not become data.
static void jpeg_warn(j_common_ptr info, int level) {
    if (level >= 0) return;
    int code = info->err->msg_code;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) {
        say(((jpeg_errors *)info->err)->report, "the data end too early");
        longjmp(((jpeg_errors *)info->err)->escape, 1);
    }
}

static void jpeg_ignore(j_common_ptr info) { (void)info; }

// A small file may announce thousands of passes over a large picture.
static void jpeg_count_scans(j_common_ptr info) {
    if (((j_decompress_ptr)info)->input_scan_number > 200) {
        say(((jpeg_errors *)info->err)->report, "it has more than 200 scans");
        longjmp(((jpeg_errors *)info->err)->escape, 1);
    }
}

static int jpeg_run(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report) {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress;
    jpeg_errors errors;
    memset(&info, 0, sizeof info);
    memset(&progress, 0, sizeof progress);
    info.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = jpeg_fail;
    errors.manager.emit_message = jpeg_warn;
    errors.manager.output_message = jpeg_ignore;
    errors.report = report;
    if (setjmp(errors.escape)) {
        jpeg_destroy_decompress(&info);
        return 1;
    }
    jpeg_create_decompress(&info);
    progress.progress_monitor = jpeg_count_scans;
    info.progress = &progress;
    jpeg_mem_src(&info, bytes, count);
    jpeg_read_header(&info, TRUE);
    report->width = (int)info.image_width;
    report->height = (int)info.image_height;
    if (rgb) {
        if (report->width != width || report->height != height) {
            say(report, "the size changed while it was read");
            longjmp(errors.escape, 1);
        }
        if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) {
            say(report, "its colours are CMYK; convert it to RGB");
            longjmp(errors.escape, 1);
        }
        info.out_color_space = JCS_RGB;
        jpeg_start_decompress(&info);
        if (info.output_components != 3 || (int)info.output_width != width || (int)info.output_height != height) {
            say(report, "the kind of pixels is not known");
            longjmp(errors.escape, 1);
        }
        while (info.output_scanline < info.output_height) {
            JSAMPROW row = rgb + (size_t)info.output_scanline * width * 3;
            jpeg_read_scanlines(&info, &row, 1);
        }
        jpeg_finish_decompress(&info);
    }
    jpeg_destroy_decompress(&info);
    return 0;
}

static int run(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report) {
    memset(report, 0, sizeof *report);
    switch (picture_kind(bytes, count)) {
    case PICTURE_PNG: {
        png_source source = {bytes, count, 0, report};
        return png_run(&source, width, height, rgb);
    }
    case PICTURE_JPEG: return jpeg_run(bytes, count, width, height, rgb, report);
    default: say(report, "it is neither PNG nor JPEG"); return 1;
    }
}

int picture_size(const uint8_t *bytes, size_t count, picture_report *report) {
    return run(bytes, count, 0, 0, NULL, report);
}

int picture_decode(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report) {
    return run(bytes, count, width, height, rgb, report);
}
